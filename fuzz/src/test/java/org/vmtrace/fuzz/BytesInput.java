package org.vmtrace.fuzz;

import org.vmtrace.file.SeekableInput;

/** A file in memory. */
final class BytesInput implements SeekableInput {
  static final String NAME = "cpu3.dat";

  private final byte[] bytes;

  BytesInput(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public long length() {
    return bytes.length;
  }

  @Override
  public int read(long position, byte[] buffer, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    if (position >= bytes.length) {
      return -1;
    }
    int count = (int) Math.min(length, bytes.length - position);
    System.arraycopy(bytes, (int) position, buffer, offset, count);
    return count;
  }

  @Override
  public void close() {
    // Nothing is held open.
  }
}
