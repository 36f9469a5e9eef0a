package org.vmtrace.ring;

/**
 * All that the {@link RecordCursor} must know of event formats.
 *
 * @param type the common field that holds the event's id ({@code common_type})
 * @param pid the common field that holds the thread ({@code common_pid})
 * @param exit the event that opens a latency
 * @param entry the event that closes it
 */
public record EventFields(PayloadField type, PayloadField pid, ExitFields exit, EntryFields entry) {
  /**
   * Today's common header: {@code common_type} u16 at 0, {@code common_pid} s32 at 4, 8 bytes in
   * all.
   */
  public static final PayloadField STANDARD_TYPE = new PayloadField(0, 2, false);

  /** See {@link #STANDARD_TYPE}. */
  public static final PayloadField STANDARD_PID = new PayloadField(4, 4, true);

  /**
   * Checks that the common fields have the sizes that all kernels give them.
   *
   * @throws IllegalArgumentException if they do not
   */
  public EventFields {
    if (type.bytes() != 2 || pid.bytes() != 4 || !type.present() || !pid.present()) {
      throw new IllegalArgumentException("common_type must have 2 bytes and common_pid 4");
    }
  }

  /** Bytes that the payload of any event has at least. */
  public int commonBytes() {
    return Math.max(type.end(), pid.end());
  }
}
