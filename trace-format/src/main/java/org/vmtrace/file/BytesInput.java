package org.vmtrace.file;

/** Bytes in memory: a section of a file after it was unpacked. */
public final class BytesInput implements SeekableInput {
  private final String name;
  private final byte[] bytes;

  /**
   * A view of the bytes, which must stay as they are.
   *
   * @param name by which messages call it
   */
  public BytesInput(String name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long length() {
    return bytes.length;
  }

  @Override
  public int read(long position, byte[] buffer, int offset, int length) {
    if (position >= bytes.length) {
      return length == 0 ? 0 : -1;
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
