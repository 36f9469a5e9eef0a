package org.vmtrace.ring;

/**
 * Reads one number of an event's payload as fast as may be: without a branch on its size. Eight
 * bytes are read that end with the number's last one; a payload has as many before it, since a page
 * begins with its time stamp.
 */
final class FieldReader {
  private final Endian endian;
  private final boolean signed;
  private final int drop;

  /** The offset after the number in the payload; 0 where there is no such field. */
  private final int end;

  FieldReader(PayloadField field, Endian endian) {
    this.endian = endian;
    this.signed = field.signed();
    this.drop = Long.SIZE - Byte.SIZE * field.bytes();
    this.end = field.end();
  }

  boolean present() {
    return end != 0;
  }

  /** The number in the payload that starts at {@code payload}; {@code otherwise} where absent. */
  long read(byte[] page, int payload, long otherwise) {
    if (end == 0) {
      return otherwise;
    }
    return signed
        ? endian.signedBefore(page, payload + end, drop)
        : endian.unsignedBefore(page, payload + end, drop);
  }
}
