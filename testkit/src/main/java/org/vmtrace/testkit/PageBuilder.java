package org.vmtrace.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Builds one ring-buffer page, record by record, as the kernel writes it (fact sheet, sections 1.1
 * and 1.4; {@code include/linux/ring_buffer.h}, {@code struct ring_buffer_event}).
 *
 * <pre>
 *   little-endian word:  | time_delta : 27 | type_len : 5 |     big-endian word: | type_len | time_delta |
 *
 *   type_len  0      data, the next word L is its own 4 bytes + payload
 *             1..28  data, 4 * type_len bytes of payload
 *             29     padding: delta 0 = rest of the page, else the next word is the length after the first
 *             30     time extend: the next word is the delta's bits 27 and up
 *             31     absolute stamp: 59 bits, the next word holds bits 27 and up
 * </pre>
 *
 * Everything can also be written wrongly on purpose: raw words and bytes, a false length, stale
 * bytes after the data.
 */
public final class PageBuilder {
  /** Longest time that fits a record's own word, in ns: 2^27 - 1. */
  public static final long MAX_DELTA = (1L << 27) - 1;

  private static final int PADDING = 29; // RINGBUF_TYPE_PADDING
  private static final int TIME_EXTEND = 30; // RINGBUF_TYPE_TIME_EXTEND
  private static final int TIME_STAMP = 31; // RINGBUF_TYPE_TIME_STAMP
  private static final int MAX_TYPE_LEN = 28; // RINGBUF_TYPE_DATA_TYPE_LEN_MAX
  private static final int LOST_FLAG = 1 << 31; // RB_MISSED_EVENTS
  private static final int STORED_FLAG = 1 << 30; // RB_MISSED_STORED

  private final PageShape shape;
  private final long stamp;
  private final ByteBuffer data;
  private long time;
  private int flags;
  private boolean upperHalfOnes;
  private long lostCount;
  private int falseLength = -1;
  private byte stale;

  /** Starts an empty page whose time stamp is {@code stamp}. */
  public PageBuilder(PageShape shape, long stamp) {
    this.shape = shape;
    this.stamp = stamp;
    this.time = stamp;
    this.data = ByteBuffer.allocate(shape.dataBytes()).order(shape.order());
  }

  /** The time that a reader has reached after the last record. */
  public long time() {
    return time;
  }

  /** Bytes of data written so far. */
  public int used() {
    return data.position();
  }

  /** Bytes that are still free. */
  public int free() {
    return data.remaining();
  }

  /** Whether {@link #event} at {@code eventTime} fits, with the time record that it may need. */
  public boolean fits(long eventTime, byte[] payload) {
    long delta = eventTime - time;
    int timeRecord = delta < 0 || delta > MAX_DELTA ? 8 : 0;
    return timeRecord + recordBytes(payload.length) <= free();
  }

  /**
   * A data event at a time, with a time extend before it where 27 bits are too few and an absolute
   * stamp where time goes back.
   */
  public PageBuilder event(long eventTime, byte[] payload) {
    long delta = eventTime - time;
    if (delta < 0) {
      absolute(eventTime);
    } else if (delta > MAX_DELTA) {
      timeExtend(delta);
    }
    return record(eventTime - time, payload);
  }

  /** A data record in the form that the kernel chooses for the payload's length. */
  public PageBuilder record(long delta, byte[] payload) {
    byte[] padded = Arrays.copyOf(payload, paddedBytes(payload.length));
    boolean ownLength =
        shape.eightByteRecords() || padded.length > 4 * MAX_TYPE_LEN || padded.length == 0;
    if (ownLength) {
      return longRecord(delta, padded);
    }
    word(padded.length / 4, delta);
    data.put(padded);
    time += delta;
    return this;
  }

  /**
   * A data record of type_len 0, whatever its length. A length that is no multiple of 4 is stored
   * as it is and the record padded.
   */
  public PageBuilder longRecord(long delta, byte[] payload) {
    word(0, delta);
    data.putInt(4 + payload.length);
    data.put(Arrays.copyOf(payload, (payload.length + 3) / 4 * 4));
    time += delta;
    return this;
  }

  /** A time extend of any length from 0 to 2^59 - 1 ns. */
  public PageBuilder timeExtend(long delta) {
    word(TIME_EXTEND, delta & MAX_DELTA);
    data.putInt((int) (delta >>> 27));
    time += delta;
    return this;
  }

  /**
   * An absolute time stamp. It keeps the low 59 bits only; a reader takes the upper 5 from the time
   * before, so they must be the same, and where they are not 0, time cannot go back.
   */
  public PageBuilder absolute(long newTime) {
    if (newTime >>> 59 != time >>> 59) {
      throw new IllegalArgumentException("an absolute stamp cannot change the upper five bits");
    }
    if (newTime >>> 59 != 0 && newTime < time) {
      throw new IllegalArgumentException("a reader would add 2^59 to an earlier stamp");
    }
    word(TIME_STAMP, newTime & MAX_DELTA);
    data.putInt((int) (newTime >>> 27));
    time = newTime;
    return this;
  }

  /**
   * A discarded event: padding that keeps its place and its delta. The kernel stores 1 instead of
   * 0, since 0 would mean the rest of the page. A reader adds the delta, except one of 1.
   *
   * @param payloadBytes what the event's payload had, at least 4
   */
  public PageBuilder discarded(long delta, int payloadBytes) {
    long stored = Math.max(delta, 1);
    word(PADDING, stored);
    data.putInt(payloadBytes);
    data.put(new byte[payloadBytes - 4]);
    time += stored == 1 ? 0 : stored;
    return this;
  }

  /** Fills the page up as the kernel does: padding with delta 1, or delta 0 if under 8 bytes. */
  public PageBuilder filler() {
    if (free() >= 8) {
      return discarded(1, free() - 4);
    }
    return free() >= 4 ? restIsPadding() : this;
  }

  /** Padding with delta 0: what follows on the page is no record, nor should anything follow. */
  public PageBuilder restIsPadding() {
    word(PADDING, 0);
    return this;
  }

  /** A record's first word, with nothing after it. */
  public PageBuilder word(int typeLen, long delta) {
    boolean big = shape.order() == ByteOrder.BIG_ENDIAN;
    long word = big ? (long) typeLen << 27 | delta : delta << 5 | typeLen;
    data.putInt((int) word);
    return this;
  }

  /** Any 32 bits. */
  public PageBuilder rawInt(int value) {
    data.putInt(value);
    return this;
  }

  /** Any bytes. */
  public PageBuilder raw(byte[] bytes) {
    data.put(bytes);
    return this;
  }

  /** Events were lost before this page, how many is not stored. */
  public PageBuilder lost() {
    flags = LOST_FLAG;
    return this;
  }

  /**
   * Events were lost before this page and their number stands after the data, one kernel long; it
   * is left out where no room is, as the kernel does.
   */
  public PageBuilder lost(long count) {
    flags = LOST_FLAG | STORED_FLAG;
    lostCount = count;
    return this;
  }

  /** The upper half of a 64-bit commit word is all ones, as where the flag is sign-extended. */
  public PageBuilder upperHalfOnes() {
    upperHalfOnes = true;
    return this;
  }

  /** Further bits of the commit word's low half. */
  public PageBuilder commitBits(int bits) {
    flags |= bits;
    return this;
  }

  /** The commit word claims this length, whatever was written. */
  public PageBuilder falseLength(int bytes) {
    falseLength = bytes;
    return this;
  }

  /** What the bytes after the data hold; 0 unless told. */
  public PageBuilder stale(int value) {
    stale = (byte) value;
    return this;
  }

  /** The page's bytes. */
  public byte[] build() {
    int length = falseLength >= 0 ? falseLength : used();
    boolean stored = (flags & STORED_FLAG) != 0;
    if (stored && falseLength < 0 && free() < shape.commitBytes()) {
      flags &= ~STORED_FLAG;
      stored = false;
    }
    byte[] bytes = new byte[shape.pageBytes()];
    Arrays.fill(bytes, stale);
    ByteBuffer page = ByteBuffer.wrap(bytes).order(shape.order());
    page.putLong(stamp);
    int low = length | flags;
    if (shape.commitBytes() == 4) {
      page.putInt(low);
    } else {
      page.putLong(upperHalfOnes ? -1L << 32 | (low & 0xffffffffL) : low & 0xffffffffL);
    }
    page.put(data.array(), 0, used());
    if (stored && page.remaining() >= shape.commitBytes()) {
      if (shape.commitBytes() == 4) {
        page.putInt((int) lostCount);
      } else {
        page.putLong(lostCount);
      }
    }
    return bytes;
  }

  /** The bytes of several pages, one after the other. */
  public static byte[] concat(PageBuilder... pages) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (PageBuilder page : pages) {
      bytes.writeBytes(page.build());
    }
    return bytes.toByteArray();
  }

  private int recordBytes(int payloadBytes) {
    int padded = paddedBytes(payloadBytes);
    boolean ownLength = shape.eightByteRecords() || padded > 4 * MAX_TYPE_LEN || padded == 0;
    return padded + (ownLength ? 8 : 4);
  }

  private int paddedBytes(int payloadBytes) {
    int unit = shape.eightByteRecords() ? 8 : 4;
    return (payloadBytes + unit - 1) / unit * unit;
  }
}
