package org.vmtrace.spark.script;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSInputStream;

/** A file that tells of every read before it happens. */
public abstract class WatchedStream extends FSInputStream {
  private final FSDataInputStream in;
  private int reads;

  /** Watches a file. */
  protected WatchedStream(FSDataInputStream in) {
    this.in = in;
  }

  /**
   * A read begins.
   *
   * @param before how many there were before it
   * @throws IOException if it is to fail
   */
  protected abstract void reading(int before) throws IOException;

  @Override
  public int read() throws IOException {
    reading(reads++);
    return in.read();
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    reading(reads++);
    return in.read(buffer, offset, length);
  }

  @Override
  public void seek(long position) throws IOException {
    in.seek(position);
  }

  @Override
  public long getPos() throws IOException {
    return in.getPos();
  }

  @Override
  public boolean seekToNewSource(long target) {
    return false;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
