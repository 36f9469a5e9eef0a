package org.vmtrace.latency;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Whole numbers in as few bytes as they need, seven bits a byte, as in Protocol Buffers. */
public final class Varints {
  private Varints() {}

  /** Writes a number; small ones that are not negative take one byte, negative ones ten. */
  public static void write(DataOutput out, long value) throws IOException {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.writeByte((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  /**
   * Writes a number of which neither a small positive nor a small negative value takes much room.
   */
  public static void writeSigned(DataOutput out, long value) throws IOException {
    write(out, (value << 1) ^ (value >> (Long.SIZE - 1)));
  }

  /** Reads what {@link #writeSigned} wrote. */
  public static long readSigned(DataInput in) throws IOException {
    long folded = read(in);
    return (folded >>> 1) ^ -(folded & 1);
  }

  /** Reads what {@link #write} wrote. */
  public static long read(DataInput in) throws IOException {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.readByte();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }
}
