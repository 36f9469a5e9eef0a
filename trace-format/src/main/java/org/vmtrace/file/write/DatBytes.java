package org.vmtrace.file.write;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.vmtrace.ring.Endian;

/** Puts the header of a trace.dat file together, in its byte order. */
final class DatBytes {
  /** Id and size before an option's data. */
  static final int OPTION_HEADER_BYTES = Short.BYTES + Integer.BYTES;

  private final Endian endian;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  DatBytes(Endian endian) {
    this.endian = endian;
  }

  Endian endian() {
    return endian;
  }

  boolean isBigEndian() {
    return endian.order() == ByteOrder.BIG_ENDIAN;
  }

  int size() {
    return out.size();
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  DatBytes u8(int value) {
    out.write(value);
    return this;
  }

  DatBytes u16(int value) {
    return bytes(room(Short.BYTES).putShort((short) value).array());
  }

  DatBytes u32(int value) {
    return bytes(room(Integer.BYTES).putInt(value).array());
  }

  DatBytes u64(long value) {
    return bytes(room(Long.BYTES).putLong(value).array());
  }

  DatBytes bytes(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  DatBytes zeros(int count) {
    return bytes(new byte[count]);
  }

  DatBytes zeroTerminated(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8)).u8(0);
  }

  /** A u64 size and the text. */
  DatBytes sized(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return u64(bytes.length).bytes(bytes);
  }

  DatBytes option(int id, byte[] data) {
    return u16(id).u32(data.length).bytes(data);
  }

  private ByteBuffer room(int bytes) {
    return ByteBuffer.allocate(bytes).order(endian.order());
  }
}
