package org.vmtrace.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A file of the local file system. An interrupt of a thread that reads closes it, as {@link
 * FileChannel} does.
 */
public final class LocalInput implements SeekableInput {
  private final Path path;
  private final FileChannel channel;

  private LocalInput(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Opens a file for reading.
   *
   * @throws IOException if it is not there or may not be read, or is a pipe or device
   */
  public static LocalInput open(Path path) throws IOException {
    // Opening a pipe would wait for one who writes to it.
    if (Files.readAttributes(path, BasicFileAttributes.class).isOther()) {
      throw new IOException(
          path + ": a pipe or device; traces are read at any place: write it to a file first");
    }
    return new LocalInput(path, FileChannel.open(path, StandardOpenOption.READ));
  }

  /**
   * A file that is open already.
   *
   * @param channel open for reading; {@link #close} closes it, too
   */
  public static LocalInput of(Path path, FileChannel channel) {
    return new LocalInput(path, channel);
  }

  @Override
  public String name() {
    return path.toString();
  }

  @Override
  public long length() throws IOException {
    return channel.size();
  }

  @Override
  public int read(long position, byte[] buffer, int offset, int length) throws IOException {
    return channel.read(ByteBuffer.wrap(buffer, offset, length), position);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
