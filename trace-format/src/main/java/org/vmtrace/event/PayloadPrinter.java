package org.vmtrace.event;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.vmtrace.ring.Endian;

/**
 * Shows the fields of an event's payload as {@code name=value} text: addresses and unsigned longs
 * in hex, other numbers in decimal, text in quotes with control characters escaped, everything else
 * as bytes in hex. Made once per event format and byte order. Thread-safe.
 */
public final class PayloadPrinter {
  private static final String COMMON = "common_";

  private final Endian endian;
  private final List<EventField> fields;

  public PayloadPrinter(EventFormat format, Endian endian) {
    this.endian = endian;
    this.fields =
        format.fields().stream().filter(field -> !field.name().startsWith(COMMON)).toList();
  }

  /**
   * Appends all fields but the common ones, separated by blanks.
   *
   * @param bytes what the payload lies in
   * @param payload where it begins
   * @param payloadBytes its length; a field that leads past it is shown as {@code name=?}
   */
  public void append(byte[] bytes, int payload, int payloadBytes, StringBuilder out) {
    String separator = "";
    for (EventField field : fields) {
      out.append(separator).append(field.name()).append('=');
      if (field.end() > payloadBytes) {
        out.append('?');
      } else {
        value(field, bytes, payload, payloadBytes, out);
      }
      separator = " ";
    }
  }

  private void value(
      EventField field, byte[] bytes, int payload, int payloadBytes, StringBuilder out) {
    if (field.isDynamic() && field.bytes() == Integer.BYTES) {
      int word = endian.i32(bytes, payload + field.offset());
      int start = (word & 0xffff) + (field.isRelative() ? field.end() : 0);
      int end = Math.min(start + (word >>> 16), payloadBytes);
      int count = Math.max(0, end - start);
      run(field, bytes, count == 0 ? payload : payload + start, count, out);
    } else if (field.isArray()) {
      run(field, bytes, payload + field.offset(), field.bytes(), out);
    } else {
      number(field, bytes, payload + field.offset(), field.bytes(), out);
    }
  }

  /** A run of elements: text, numbers if the declaration tells how many, else bytes. */
  private void run(EventField field, byte[] bytes, int at, int count, StringBuilder out) {
    if (field.isString()) {
      int length = 0;
      while (length < count && bytes[at + length] != 0) {
        length++;
      }
      Printable.appendQuoted(out, new String(bytes, at, length, StandardCharsets.UTF_8));
      return;
    }
    int elements = field.isDynamic() ? 0 : declaredElements(field.type());
    int each = elements > 0 && count % elements == 0 ? count / elements : 0;
    if (!isNumber(each)) {
      hexBytes(bytes, at, count, out);
      return;
    }
    out.append('{');
    for (int i = 0; i < elements; i++) {
      out.append(i == 0 ? "" : ",");
      number(field, bytes, at + i * each, each, out);
    }
    out.append('}');
  }

  /** N of {@code type[N]}; 0 where it is no number (some kernels print a macro's name). */
  private static int declaredElements(String type) {
    try {
      return Integer.parseInt(type.substring(type.lastIndexOf('[') + 1, type.length() - 1));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static boolean isNumber(int bytes) {
    return bytes == 1 || bytes == 2 || bytes == 4 || bytes == 8;
  }

  private void number(EventField field, byte[] bytes, int at, int size, StringBuilder out) {
    if (!isNumber(size)) {
      hexBytes(bytes, at, size, out);
    } else if (isHex(field, size)) {
      out.append("0x").append(Long.toHexString(endian.unsigned(bytes, at, size)));
    } else {
      out.append(
          field.signed() ? endian.signed(bytes, at, size) : endian.unsigned(bytes, at, size));
    }
  }

  private static boolean isHex(EventField field, int size) {
    boolean unsignedLong = size == Long.BYTES || field.elementType().startsWith("unsigned long");
    return field.isPointer() || (!field.signed() && unsignedLong);
  }

  private static void hexBytes(byte[] bytes, int at, int count, StringBuilder out) {
    for (int i = 0; i < count; i++) {
      out.append(Character.forDigit((bytes[at + i] >> 4) & 0xf, 16));
      out.append(Character.forDigit(bytes[at + i] & 0xf, 16));
    }
  }
}
