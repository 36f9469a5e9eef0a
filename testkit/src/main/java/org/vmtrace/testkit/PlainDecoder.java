package org.vmtrace.testkit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.vmtrace.testkit.PlainDamage.Cause;

/**
 * The reference decoder: reads pages as section 1 of the fact sheet says, one record after the
 * other, with a copy of every payload. The first bad record ends its page; the next page is read as
 * usual.
 *
 * <p>Where the sheet leaves it open: a page whose commit word exceeds it is unreadable as a whole,
 * so that its lost flag counts for nothing; a stored count that does not fit after the data, or is
 * negative, is unknown; padding too is rounded up to 4 bytes, since no record stands elsewhere;
 * bits 27 to 29 of the commit word are ignored; padding without a length is damage where a length
 * would have had room; a record without room for its second word exceeds the data, padding too; a
 * time of 2^62 or more, or of less than 2^48 - 2^62, is none.
 */
public final class PlainDecoder {
  private static final long TOP_FIVE_BITS = 0x1fL << 59;

  private final PageShape shape;
  private final PlainKvm kvm;
  private final boolean anyTime;

  /** A decoder for one layout of pages and one pair of events. */
  public PlainDecoder(PageShape shape, PlainKvm kvm) {
    this(shape, kvm, false);
  }

  private PlainDecoder(PageShape shape, PlainKvm kvm, boolean anyTime) {
    this.shape = shape;
    this.kvm = kvm;
    this.anyTime = anyTime;
  }

  /** A decoder for times that are to be converted: any 64 bits are one. */
  static PlainDecoder ofRawTimes(PageShape shape, PlainKvm kvm) {
    return new PlainDecoder(shape, kvm, true);
  }

  /** The decoder for what a builder writes. */
  public static PlainDecoder of(PageShape shape, KvmEvents events) {
    return new PlainDecoder(shape, PlainKvm.of(events));
  }

  /** All pages of one CPU; if the last one is cut short, it is given as unreadable. */
  public PlainStream stream(int cpu, byte[] bytes) {
    List<PlainPage> pages = new ArrayList<>();
    for (int at = 0; at < bytes.length; at += shape.pageBytes()) {
      int end = Math.min(bytes.length, at + shape.pageBytes());
      pages.add(page(cpu, pages.size(), Arrays.copyOfRange(bytes, at, end)));
    }
    return new PlainStream(cpu, pages);
  }

  /**
   * One page.
   *
   * @param page the page's index in its stream
   * @param bytes fewer than a page if the file ends inside it
   */
  public PlainPage page(int cpu, int page, byte[] bytes) {
    if (bytes.length < shape.pageBytes()) {
      return PlainPage.unreadable(new PlainDamage(Cause.PAGE_CUT_SHORT, 0));
    }
    ByteBuffer header = ByteBuffer.wrap(bytes).order(shape.order());
    long stamp = header.getLong(0);
    // 64-bit kernels sign-extend the flags into the upper half: only the low 32 bits count.
    int commit = (int) (shape.commitBytes() == 8 ? header.getLong(8) : header.getInt(8));
    int length = commit & 0x07ffffff;
    if (length > shape.dataBytes()) {
      return PlainPage.unreadable(new PlainDamage(Cause.COMMIT_EXCEEDS_PAGE, 0));
    }
    if (stamp == 0) {
      return PlainPage.unreadable(new PlainDamage(Cause.PAGE_STAMP_ZERO, 0));
    }
    if (impossible(stamp)) {
      return PlainPage.unreadable(new PlainDamage(Cause.TIME_OUT_OF_RANGE, 0));
    }
    boolean lost = (commit & 0x80000000) != 0;
    boolean stored = lost && (commit & 0x40000000) != 0;
    long lostCount = 0;
    if (stored && length + shape.commitBytes() <= shape.dataBytes()) {
      int at = shape.dataOffset() + length;
      long count = shape.commitBytes() == 8 ? header.getLong(at) : header.getInt(at);
      lostCount = Math.max(0, count);
    }
    List<PlainEvent> events = new ArrayList<>();
    byte[] data = Arrays.copyOfRange(bytes, shape.dataOffset(), shape.dataOffset() + length);
    PlainDamage damage = new Walk(data, stamp, cpu, page, events).toEnd();
    return new PlainPage(true, stamp, lost, lostCount, length, events, damage);
  }

  /** One way along the records of a page. */
  private final class Walk {
    private final ByteBuffer data;
    private final int cpu;
    private final int page;
    private final List<PlainEvent> events;
    private long time;
    private int at;

    Walk(byte[] data, long stamp, int cpu, int page, List<PlainEvent> events) {
      this.data = ByteBuffer.wrap(data).order(shape.order());
      this.time = stamp;
      this.cpu = cpu;
      this.page = page;
      this.events = events;
    }

    PlainDamage toEnd() {
      while (at < data.capacity()) {
        if (left() < 4) {
          return damage(Cause.RECORD_WORD_CUT);
        }
        int word = data.getInt(at);
        boolean big = shape.order() == ByteOrder.BIG_ENDIAN;
        int typeLen = big ? word >>> 27 : word & 0x1f;
        long delta = big ? word & 0x07ffffff : word >>> 5;
        if (typeLen == 29 && delta == 0) {
          return left() < 8 ? null : damage(Cause.PADDING_BEFORE_END);
        }
        Optional<Cause> bad =
            switch (typeLen) {
              case 0 -> longEvent(delta);
              case 29 -> padding(delta);
              case 30, 31 -> timeRecord(typeLen, delta);
              default -> shortEvent(typeLen, delta);
            };
        if (bad.isPresent()) {
          return damage(bad.get());
        }
      }
      return null;
    }

    /** type_len 0: the second word is the length of itself and the payload. */
    private Optional<Cause> longEvent(long delta) {
      if (left() < 8) {
        return Optional.of(Cause.RECORD_EXCEEDS_DATA);
      }
      long length = secondWord();
      if (length == 0) {
        return Optional.of(Cause.RECORD_LENGTH_ZERO);
      }
      if (length < 4) {
        return Optional.of(Cause.RECORD_LENGTH_SHORT);
      }
      long size = (4 + length + 3) / 4 * 4;
      if (size > left()) {
        return Optional.of(Cause.RECORD_EXCEEDS_DATA);
      }
      return event(delta, at + 8, (int) length - 4, (int) size);
    }

    /** type_len 1 to 28: so many words of payload. */
    private Optional<Cause> shortEvent(int typeLen, long delta) {
      int size = 4 + 4 * typeLen;
      if (size > left()) {
        return Optional.of(Cause.RECORD_EXCEEDS_DATA);
      }
      return event(delta, at + 4, 4 * typeLen, size);
    }

    private Optional<Cause> event(long delta, int payloadAt, int payloadBytes, int size) {
      if (payloadBytes < kvm.commonBytes()) {
        return Optional.of(Cause.EVENT_SHORTER_THAN_HEADER);
      }
      byte[] payload = Arrays.copyOfRange(data.array(), payloadAt, payloadAt + payloadBytes);
      Optional<PlainEvent> event =
          kvm.read(payload, shape.order(), time + delta, cpu, page, events.size());
      if (event.isEmpty()) {
        return Optional.of(Cause.EVENT_SHORTER_THAN_FORMAT);
      }
      events.add(event.get());
      time += delta;
      at += size;
      return Optional.empty();
    }

    /** Padding or a discarded event, whose delta counts unless it is the kernel's 1 for 0. */
    private Optional<Cause> padding(long delta) {
      if (left() < 8) {
        return Optional.of(Cause.RECORD_EXCEEDS_DATA);
      }
      long length = secondWord();
      if (length < 4) {
        return Optional.of(Cause.PADDING_LENGTH_SHORT);
      }
      long size = (4 + length + 3) / 4 * 4;
      if (size > left()) {
        return Optional.of(Cause.PADDING_EXCEEDS_DATA);
      }
      if (delta != 1) {
        time += delta;
      }
      at += (int) size;
      return Optional.empty();
    }

    private Optional<Cause> timeRecord(int typeLen, long delta) {
      if (left() < 8) {
        return Optional.of(Cause.RECORD_EXCEEDS_DATA);
      }
      long value = (secondWord() << 27) + delta;
      long now = typeLen == 30 ? time + value : absolute(value, time);
      if (impossible(now)) {
        return Optional.of(Cause.TIME_OUT_OF_RANGE);
      }
      time = now;
      at += 8;
      return Optional.empty();
    }

    private long secondWord() {
      return data.getInt(at + 4) & 0xffffffffL;
    }

    private int left() {
      return data.capacity() - at;
    }

    private PlainDamage damage(Cause cause) {
      return new PlainDamage(cause, shape.dataOffset() + at);
    }
  }

  /** Whether a time is 2^62 or more, or less than 2^48 - 2^62. */
  private boolean impossible(long time) {
    return !anyTime && (time >> 62 > 0 || time >> 48 <= -(1L << 14));
  }

  /** The stamp's upper five bits come from the time before (kernel: rb_fix_abs_ts). */
  private static long absolute(long low59, long before) {
    if ((before & TOP_FIVE_BITS) == 0) {
      return low59;
    }
    long time = low59 | (before & TOP_FIVE_BITS);
    return Long.compareUnsigned(time, before) < 0 ? time + (1L << 59) : time;
  }
}
