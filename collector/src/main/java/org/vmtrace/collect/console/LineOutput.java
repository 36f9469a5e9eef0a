package org.vmtrace.collect.console;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.vmtrace.event.Printable;

/**
 * Writes lines of text fast: into one buffer, without an object for each number. What comes from a
 * trace may be given as it is: {@link #text} escapes whatever is no visible character. Not
 * thread-safe.
 */
public final class LineOutput {
  private static final int CAPACITY = 64 << 10;

  /** The longest thing that is written in one piece. */
  private static final int PIECE = 32;

  private static final long NS_PER_US = 1_000;
  private static final long NS_PER_S = 1_000_000_000;

  private final OutputStream out;
  private final byte[] buffer = new byte[CAPACITY];
  private int size;
  private long flushed;
  private long lineStart;

  /** Writes to {@code out}, which stays open. */
  public LineOutput(OutputStream out) {
    this.out = out;
  }

  /** Text as it came from wherever it came. */
  public LineOutput text(String text) throws IOException {
    return escaped(Printable.text(text));
  }

  /** Text that is harmless: escaped already, or of our own. It may have several lines. */
  public LineOutput escaped(CharSequence text) throws IOException {
    for (int i = 0, length = text.length(); i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x7f) {
        return bytes(text.subSequence(i, length).toString().getBytes(StandardCharsets.UTF_8));
      }
      room(1);
      buffer[size++] = (byte) c;
    }
    return this;
  }

  /** Bytes that are known to be harmless. */
  public LineOutput bytes(byte[] bytes) throws IOException {
    int done = 0;
    while (done < bytes.length) {
      room(1);
      int count = Math.min(bytes.length - done, CAPACITY - size);
      System.arraycopy(bytes, done, buffer, size, count);
      size += count;
      done += count;
    }
    return this;
  }

  /** A number in decimal digits. */
  public LineOutput number(long number) throws IOException {
    room(PIECE);
    if (number < 0) {
      buffer[size++] = '-';
    }
    digits(Math.abs(number), 1);
    return this;
  }

  /** A number in hexadecimal digits, taken without a sign, after {@code 0x}. */
  public LineOutput hex(long number) throws IOException {
    room(PIECE);
    buffer[size++] = '0';
    buffer[size++] = 'x';
    int shift = Math.max(0, (Long.SIZE - 1 - Long.numberOfLeadingZeros(number)) / 4 * 4);
    for (; shift >= 0; shift -= 4) {
      buffer[size++] = (byte) Character.forDigit((int) (number >>> shift) & 0xf, 16);
    }
    return this;
  }

  /** A time in ns as s with nine decimals, aligned to the right in so many columns. */
  public LineOutput seconds(long ns, int width) throws IOException {
    return decimal(ns, NS_PER_S, 9, width);
  }

  /** A length in ns as us with three decimals. */
  public LineOutput micros(long ns) throws IOException {
    return decimal(ns, NS_PER_US, 3, 0);
  }

  private LineOutput decimal(long ns, long unit, int decimals, int width) throws IOException {
    // Any 64 bits may stand in a file, also those without a magnitude.
    long magnitude = Math.abs(ns);
    long whole = Long.divideUnsigned(magnitude, unit);
    int sign = ns < 0 ? 1 : 0;
    blanks(width - sign - digitCount(whole) - 1 - decimals);
    room(PIECE);
    if (sign != 0) {
      buffer[size++] = '-';
    }
    digits(whole, 1);
    buffer[size++] = '.';
    digits(Long.remainderUnsigned(magnitude, unit), decimals);
    return this;
  }

  /** The CPU as trace-cmd writes it: {@code [003]}. */
  public LineOutput cpu(int cpu) throws IOException {
    room(PIECE);
    buffer[size++] = '[';
    digits(cpu, 3);
    buffer[size++] = ']';
    return this;
  }

  private void digits(long magnitude, int least) {
    int count = Math.max(digitCount(magnitude), least);
    long rest = magnitude;
    for (int at = size + count - 1; at >= size; at--) {
      buffer[at] = (byte) ('0' + Long.remainderUnsigned(rest, 10));
      rest = Long.divideUnsigned(rest, 10);
    }
    size += count;
  }

  private static int digitCount(long magnitude) {
    int count = 1;
    for (long rest = magnitude; (rest = Long.divideUnsigned(rest, 10)) != 0; ) {
      count++;
    }
    return count;
  }

  /** Blanks up to a column of the line; one where that is passed already. */
  public LineOutput column(int column) throws IOException {
    return blanks(Math.max(1, column - (flushed + size - lineStart)));
  }

  private LineOutput blanks(long count) throws IOException {
    for (long left = count; left > 0; left--) {
      room(1);
      buffer[size++] = ' ';
    }
    return this;
  }

  /** Ends the line. */
  public LineOutput newLine() throws IOException {
    room(1);
    buffer[size++] = '\n';
    lineStart = flushed + size;
    return this;
  }

  private void room(int bytes) throws IOException {
    if (CAPACITY - size < bytes) {
      flush();
    }
  }

  /** Hands everything over. */
  public void flush() throws IOException {
    out.write(buffer, 0, size);
    out.flush();
    flushed += size;
    size = 0;
  }
}
