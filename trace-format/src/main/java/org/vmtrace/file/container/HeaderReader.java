package org.vmtrace.file.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.vmtrace.file.SeekableInput;
import org.vmtrace.file.TraceFormatException;
import org.vmtrace.ring.Endian;

/**
 * Reads a header front to back. Every length is compared with what the file still has before
 * anything is allocated, and every failure is a {@link TraceFormatException} that names the byte.
 */
final class HeaderReader {
  private static final int BLOCK_BYTES = 64 << 10;
  private static final String CUT_ADVICE = "the file is incomplete, copy or record it again";

  private final SeekableInput input;
  private final long end;
  private final byte[] block;
  private long blockStart;
  private int blockBytes;
  private long position;
  private Endian endian = Endian.little();

  HeaderReader(SeekableInput input) throws IOException {
    this(input, 0, input.length());
  }

  private HeaderReader(SeekableInput input, long start, long end) {
    this.input = input;
    this.position = start;
    this.end = end;
    this.block = new byte[(int) Math.min(BLOCK_BYTES, Math.max(end - start, Long.BYTES))];
  }

  SeekableInput input() {
    return input;
  }

  long position() {
    return position;
  }

  /** Length of the file. */
  long end() {
    return end;
  }

  Endian endian() {
    return endian;
  }

  HeaderReader order(Endian order) {
    endian = order;
    return this;
  }

  /** Goes to an offset that the file states. */
  void seek(long offset, String what) throws TraceFormatException {
    if (offset < 0 || offset > end) {
      throw bad(
          what + " is said to lie at byte " + Long.toUnsignedString(offset) + ", after the end",
          CUT_ADVICE);
    }
    position = offset;
  }

  int u8(String what) throws IOException {
    return block[take(1, what)] & 0xff;
  }

  int u16(String what) throws IOException {
    return endian.u16(block, take(Short.BYTES, what));
  }

  long u32(String what) throws IOException {
    return endian.u32(block, take(Integer.BYTES, what));
  }

  long u64(String what) throws IOException {
    return endian.i64(block, take(Long.BYTES, what));
  }

  /** A u32 that counts things of which each takes at least so many bytes. */
  int count(int bytesEach, String what) throws IOException {
    long count = u32(what);
    if (count > (end - position) / bytesEach) {
      throw bad(count + " " + what + " cannot be in a file of " + end + " bytes", CUT_ADVICE);
    }
    return (int) count;
  }

  /** Whether exactly these bytes come next; they are taken. */
  boolean startsWith(byte[] expected) throws IOException {
    if (end - position < expected.length) {
      return false;
    }
    int at = take(expected.length, "the header");
    for (int i = 0; i < expected.length; i++) {
      if (block[at + i] != expected[i]) {
        return false;
      }
    }
    return true;
  }

  /** Bytes whose number the file states. */
  byte[] bytes(long size, int most, String what) throws IOException {
    checkSize(size, what);
    if (size > most) {
      throw bad(what + " of " + size + " bytes is larger than any real one", CUT_ADVICE);
    }
    byte[] bytes = new byte[(int) size];
    int count = input.readFully(position, bytes, 0, bytes.length);
    if (count < bytes.length) {
      throw cutShort(what);
    }
    position += size;
    return bytes;
  }

  /** Text whose length the file states. */
  String text(long size, int most, String what) throws IOException {
    return new String(bytes(size, most, what), StandardCharsets.UTF_8);
  }

  /** Text that ends with a zero byte, which is taken too. */
  String zeroTerminated(int most, String what) throws IOException {
    int room = (int) Math.min(most + 1L, end - position);
    byte[] bytes = new byte[room];
    for (int length = 0; length < room; length++) {
      bytes[length] = block[take(1, what)];
      if (bytes[length] == 0) {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
      }
    }
    throw room > most
        ? bad(what + " is longer than " + most + " bytes", "this is no trace.dat file")
        : cutShort(what);
  }

  void skip(long size, String what) throws TraceFormatException {
    checkSize(size, what);
    position += size;
  }

  /** A reader of its own for the next bytes, which this one skips. */
  HeaderReader part(long size, String what) throws TraceFormatException {
    long start = position;
    skip(size, what);
    return new HeaderReader(input, start, position).order(endian);
  }

  TraceFormatException bad(String problem, String advice) {
    return new TraceFormatException(input.name(), position, problem, advice);
  }

  private void checkSize(long size, String what) throws TraceFormatException {
    if (size < 0 || size > end - position) {
      throw bad(
          what
              + " of "
              + Long.toUnsignedString(size)
              + " bytes leads past the end of the file, which has "
              + end,
          CUT_ADVICE);
    }
  }

  private TraceFormatException cutShort(String what) {
    return bad("the file ends within " + what, CUT_ADVICE);
  }

  /** Makes the next few bytes available and returns where they are in the block. */
  private int take(int bytes, String what) throws IOException {
    if (end - position < bytes) {
      throw cutShort(what);
    }
    if (position < blockStart || position + bytes > blockStart + blockBytes) {
      blockStart = position;
      blockBytes = input.readFully(position, block, 0, block.length);
      if (blockBytes < bytes) {
        throw cutShort(what);
      }
    }
    int at = (int) (position - blockStart);
    position += bytes;
    return at;
  }
}
