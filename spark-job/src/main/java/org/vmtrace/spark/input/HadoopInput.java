package org.vmtrace.spark.input;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.vmtrace.file.SeekableInput;

/**
 * A file of any Hadoop file system. Reads go through the stream's own position, since file systems
 * are quickest where one read follows the other; reads of several threads wait for each other.
 */
public final class HadoopInput implements SeekableInput {
  private final String name;
  private final FSDataInputStream stream;
  private final long length;

  /**
   * Opens a file.
   *
   * @param name what messages call it
   * @param length its length in bytes as the file system listed it; nothing after is read
   * @throws IOException if it is not there or may not be read
   */
  public HadoopInput(String name, Path path, long length, Configuration conf) throws IOException {
    this.name = name;
    this.length = length;
    try {
      this.stream = path.getFileSystem(conf).open(path);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          name + ": Hadoop cannot open a file of this name (a colon in it?); rename it", e);
    }
  }

  /** How a path is shown: a local one without its scheme. */
  public static String shown(Path path) {
    return "file".equals(path.toUri().getScheme()) ? path.toUri().getPath() : path.toString();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public synchronized int read(long position, byte[] buffer, int offset, int count)
      throws IOException {
    int left = (int) Math.min(count, length - position);
    if (left <= 0) {
      return count == 0 ? 0 : -1;
    }
    if (stream.getPos() != position) {
      stream.seek(position);
    }
    return stream.read(buffer, offset, left);
  }

  /** Where the last read ended, in bytes from the file's start. */
  synchronized long position() throws IOException {
    return stream.getPos();
  }

  @Override
  public synchronized void close() throws IOException {
    stream.close();
  }
}
