package org.vmtrace.ring;

/**
 * A number within an event's payload.
 *
 * @param offset bytes from the start of the payload, -1 where the event has no such field
 * @param bytes 1, 2, 4 or 8
 * @param signed whether it is signed
 */
public record PayloadField(int offset, int bytes, boolean signed) {
  /** A field that the event does not have. */
  public static final PayloadField ABSENT = new PayloadField(-1, 0, false);

  /** Whether the event has the field. */
  public boolean present() {
    return offset >= 0;
  }

  /** The offset after the field's last byte, 0 where it is absent. */
  public int end() {
    return present() ? offset + bytes : 0;
  }
}
