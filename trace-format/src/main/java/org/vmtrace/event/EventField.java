package org.vmtrace.event;

/**
 * One field of an event, as a line of its format text gives it.
 *
 * @param type the C type with its array suffix, for example {@code unsigned long}, {@code char[16]}
 *     or {@code __data_loc char[]}
 * @param name the field's name
 * @param offset bytes from the start of the payload (the place of {@code common_type})
 * @param bytes size in the payload; 4 for {@code __data_loc} fields, whose data lie elsewhere
 * @param signed whether the kernel calls the type signed
 */
public record EventField(String type, String name, int offset, int bytes, boolean signed) {

  /** Where the field ends, in bytes from the start of the payload. */
  public int end() {
    return offset + bytes;
  }

  /** An array within the payload or, if {@link #isDynamic()}, after its fixed part. */
  public boolean isArray() {
    return type.endsWith("]");
  }

  /**
   * Whether the payload holds only the place of the data: one word, the offset in the low and the
   * length in the high 16 bits (include/trace/stages: {@code __data_loc}, {@code __rel_loc}).
   */
  public boolean isDynamic() {
    return type.startsWith("__data_loc ") || isRelative();
  }

  /** A dynamic field whose offset counts from the end of the field itself. */
  public boolean isRelative() {
    return type.startsWith("__rel_loc ");
  }

  /** Whether the value is text: an array of {@code char}. */
  public boolean isString() {
    return isArray() && elementType().equals("char");
  }

  /** The type without array suffix and location mark: {@code char} of {@code __data_loc char[]}. */
  public String elementType() {
    int start = isDynamic() ? type.indexOf(' ') + 1 : 0;
    int end = type.indexOf('[', start);
    return type.substring(start, end < 0 ? type.length() : end).strip();
  }

  /** Whether the value is an address. */
  public boolean isPointer() {
    return type.endsWith("*");
  }
}
