package org.vmtrace.testkit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A walk over bytes with numbers in a chosen order. */
final class ByteSource {
  private final ByteBuffer in;

  ByteSource(byte[] bytes, ByteOrder order) {
    this.in = ByteBuffer.wrap(bytes).order(order);
  }

  ByteSource at(long position) {
    in.position(Math.toIntExact(position));
    return this;
  }

  int position() {
    return in.position();
  }

  int u8() {
    return in.get() & 0xff;
  }

  int u16() {
    return in.getShort() & 0xffff;
  }

  long u32() {
    return in.getInt() & 0xffffffffL;
  }

  int size32() {
    return Math.toIntExact(u32());
  }

  long u64() {
    return in.getLong();
  }

  byte[] bytes(long count) {
    byte[] bytes = new byte[Math.toIntExact(count)];
    in.get(bytes);
    return bytes;
  }

  String text(long count) {
    return new String(bytes(count), StandardCharsets.UTF_8);
  }

  /** A text up to its final zero. */
  String string() {
    StringBuilder text = new StringBuilder();
    for (int next = u8(); next != 0; next = u8()) {
      text.append((char) next);
    }
    return text.toString();
  }
}
