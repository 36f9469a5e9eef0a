package org.vmtrace.file;

import java.io.IOException;

/** Reads a file forward in blocks, so that many small reads become few large ones. */
final class ReadAhead implements SeekableInput {
  private final SeekableInput input;
  private final long end;
  private final byte[] block;
  private long blockStart;
  private int blockBytes;

  /**
   * A view of a file.
   *
   * @param end where reading will probably end; nothing much after it is read for nothing
   */
  ReadAhead(SeekableInput input, int blockBytes, long end) {
    this.input = input;
    this.end = end;
    this.block = new byte[blockBytes];
  }

  @Override
  public String name() {
    return input.name();
  }

  @Override
  public long length() throws IOException {
    return input.length();
  }

  @Override
  public int read(long position, byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (position < blockStart || position >= blockStart + blockBytes) {
      long wanted = Math.max(length, Math.min(end - position, block.length));
      blockStart = position;
      blockBytes = 0;
      blockBytes = input.readFully(position, block, 0, (int) Math.min(wanted, block.length));
      if (blockBytes == 0) {
        return -1;
      }
    }
    int from = (int) (position - blockStart);
    int count = Math.min(length, blockBytes - from);
    System.arraycopy(block, from, buffer, offset, count);
    return count;
  }

  @Override
  public void close() {
    // The file belongs to whoever opened it.
  }
}
