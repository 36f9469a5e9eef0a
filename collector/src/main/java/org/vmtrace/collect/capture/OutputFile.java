package org.vmtrace.collect.capture;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.vmtrace.collect.splice.Descriptor;
import org.vmtrace.collect.splice.KernelException;
import org.vmtrace.collect.splice.SystemCalls;

/**
 * A new file of the owner alone, which the kernel writes pages into by its descriptor and we write
 * the rest of by its channel. What was there under its name is replaced: a file of somebody else,
 * or one that a link leads to, is never written into.
 */
final class OutputFile implements AutoCloseable {
  private static final int OWNER_ONLY = 0600;

  private final SystemCalls calls;
  private final Path path;
  private final Descriptor descriptor;
  private final FileChannel channel;

  private OutputFile(SystemCalls calls, Path path, Descriptor descriptor, FileChannel channel) {
    this.calls = calls;
    this.path = path;
    this.descriptor = descriptor;
    this.channel = channel;
  }

  /**
   * Makes a file.
   *
   * @throws IOException if it cannot be made, or its name belongs to something that is no ordinary
   *     file
   */
  static OutputFile create(SystemCalls calls, Path path) throws IOException {
    requireReplaceable(path);
    Files.deleteIfExists(path);
    // A link that somebody puts there in the meantime makes this fail: it must be a new file.
    int flags = SystemCalls.OPEN_READ_WRITE | SystemCalls.OPEN_CREATE | SystemCalls.OPEN_EXCLUSIVE;
    Descriptor descriptor = Descriptor.open(calls, path.toString(), flags, OWNER_ONLY);
    try {
      Path same = Path.of("/proc/self/fd/" + descriptor.number());
      FileChannel channel =
          FileChannel.open(same, StandardOpenOption.READ, StandardOpenOption.WRITE);
      return new OutputFile(calls, path, descriptor, channel);
    } catch (IOException e) {
      descriptor.close();
      throw e;
    }
  }

  /**
   * Checks whether a file of that name may be replaced.
   *
   * @throws FileSystemException if not
   */
  static void requireReplaceable(Path path) throws IOException {
    BasicFileAttributes there;
    try {
      there = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return;
    }
    if (there.isSymbolicLink()) {
      throw new FileSystemException(
          path.toString(), null, "is a symbolic link, which is not written through; name a file");
    }
    if (!there.isRegularFile()) {
      throw new FileSystemException(path.toString(), null, "is no ordinary file; name another");
    }
  }

  /** The name that it was made by. */
  Path path() {
    return path;
  }

  /** For the kernel to write pages at its position. */
  Descriptor descriptor() {
    return descriptor;
  }

  /** For reading and writing anywhere. */
  FileChannel channel() {
    return channel;
  }

  /** Puts the descriptor's position. */
  void seek(long position) throws KernelException {
    long result = calls.seek(descriptor.number(), position);
    if (result < 0) {
      throw new KernelException("cannot seek in " + path, (int) -result);
    }
  }

  /** Removes the file: the recording it was for never began. */
  void discard() throws IOException {
    close();
    Files.deleteIfExists(path);
  }

  @Override
  public void close() throws IOException {
    descriptor.close();
    channel.close();
  }
}
