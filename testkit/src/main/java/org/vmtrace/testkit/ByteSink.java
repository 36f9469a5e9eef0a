package org.vmtrace.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Bytes that grow, with numbers in a chosen order. */
final class ByteSink {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteOrder order;

  ByteSink(ByteOrder order) {
    this.order = order;
  }

  int size() {
    return out.size();
  }

  ByteSink bytes(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  ByteSink u8(int value) {
    out.write(value);
    return this;
  }

  ByteSink u16(int value) {
    return bytes(ByteBuffer.allocate(2).order(order).putShort((short) value).array());
  }

  ByteSink u32(long value) {
    return bytes(ByteBuffer.allocate(4).order(order).putInt((int) value).array());
  }

  ByteSink u64(long value) {
    return bytes(ByteBuffer.allocate(8).order(order).putLong(value).array());
  }

  ByteSink text(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A text and its final zero. */
  ByteSink string(String text) {
    return text(text).u8(0);
  }

  /** A text after its length in 8 bytes. */
  ByteSink sized64(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return u64(bytes.length).bytes(bytes);
  }

  /** A text after its length in 4 bytes. */
  ByteSink sized32(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return u32(bytes.length).bytes(bytes);
  }

  /** Zeros up to a multiple of {@code unit}. */
  ByteSink align(int unit) {
    while (out.size() % unit != 0) {
      out.write(0);
    }
    return this;
  }

  byte[] toBytes() {
    return out.toByteArray();
  }
}
