package org.vmtrace.ring;

/**
 * Walks the records of one page after the other and appends them to a batch.
 *
 * <pre>
 *  a record:  31                            5 4        0   (little-endian; big-endian has type_len in the top bits)
 *            +-------------------------------+----------+
 *            | time delta, 27 bits           | type_len |   then, by type_len
 *            +-------------------------------+----------+
 *   0        u32 L, then L - 4 bytes of payload, rounded up to 4      an event
 *   1 .. 28  4 * type_len bytes of payload                            an event
 *   29       delta 0: nothing follows; else u32 L, L - 4 bytes        padding, or an event taken back
 *   30       u32 high: time += high &lt;&lt; 27 | delta                     time extend
 *   31       u32 high: time  = high &lt;&lt; 27 | delta, low 59 bits        absolute time stamp
 * </pre>
 *
 * <p>Sources: include/linux/ring_buffer.h (enum ring_buffer_type), kernel/trace/ring_buffer.c. The
 * delta of a record that was taken back counts, but for a delta of 1, which only says that the
 * padding has a length. Not thread-safe.
 */
public final class RecordCursor {
  // include/linux/ring_buffer.h, enum ring_buffer_type
  private static final int TYPE_DATA_MAX = 28;
  private static final int TYPE_PADDING = 29;
  private static final int TYPE_TIME_EXTEND = 30;

  // kernel/trace/ring_buffer.c: RB_MISSED_EVENTS, RB_MISSED_STORED; TS_SHIFT
  private static final int COMMIT_LOST = 1 << 31;
  private static final int COMMIT_COUNTED = 1 << 30;
  private static final int COMMIT_LENGTH = 0x07ffffff;
  private static final int DELTA_BITS = 27;

  /** Top bits of a time that an absolute stamp of 59 bits leaves out. */
  private static final long STAMP_TOP = 0xf8L << 56;

  private static final int WORD = 4;

  private final PageLayout layout;
  private final Endian endian;
  private final EventReader reader;
  private final boolean anyTime;

  private byte[] bytes;
  private int pageStart;
  private long position;
  private int at;
  private int end;
  private long time;
  private Damage damage;
  private boolean pageRowDue;
  private byte pageFlags;
  private long lostCount;
  private long lastTime;

  /**
   * A cursor for the pages of one stream. A time before {@link EventBatch#EARLIEST} or after {@link
   * EventBatch#LATEST} is damage.
   *
   * @param layout what the pages look like
   * @param fields where the events keep what the batch wants
   */
  public RecordCursor(PageLayout layout, EventFields fields) {
    this(layout, fields, false);
  }

  /**
   * A cursor for the pages of one stream whose times are to be converted: they may be any 64 bits.
   */
  public static RecordCursor ofRawTimes(PageLayout layout, EventFields fields) {
    return new RecordCursor(layout, fields, true);
  }

  private RecordCursor(PageLayout layout, EventFields fields, boolean anyTime) {
    this.anyTime = anyTime;
    this.layout = layout;
    this.endian = layout.endian();
    this.reader = new EventReader(fields, layout.endian());
  }

  /**
   * Begins a page.
   *
   * @param buffer what the page lies in; it must stay as it is until the page is finished
   * @param offset where it begins
   * @param length bytes there are of it; fewer than the layout's page size make it a page cut short
   * @param position where the page begins in its file, for reports of damage
   */
  public void open(byte[] buffer, int offset, int length, long position) {
    this.bytes = buffer;
    this.pageStart = offset;
    this.position = position;
    this.damage = null;
    this.pageFlags = 0;
    this.lostCount = 0;
    this.at = offset;
    this.end = offset;
    this.pageRowDue = false;
    if (length < layout.pageBytes()) {
      damage = Damage.PAGE_CUT_SHORT;
      return;
    }
    // The flags' constant is a signed int in C, so that a kernel may fill the upper half with ones:
    // low 32 bits only.
    int commit =
        layout.commitBytes() == Long.BYTES
            ? (int) endian.i64(buffer, offset + layout.commitOffset())
            : endian.i32(buffer, offset + layout.commitOffset());
    int dataLength = commit & COMMIT_LENGTH;
    if (dataLength > layout.dataBytes()) {
      damage = Damage.COMMIT_EXCEEDS_PAGE;
      return;
    }
    time = endian.i64(buffer, offset);
    if (time == 0) {
      damage = Damage.PAGE_STAMP_ZERO;
      return;
    }
    if (isOutOfRange(time)) {
      damage = Damage.TIME_OUT_OF_RANGE;
      return;
    }
    at = offset + layout.dataOffset();
    end = at + dataLength;
    pageRowDue = true;
    if ((commit & COMMIT_LOST) != 0) {
      pageFlags = EventBatch.LOST;
      lostCount = (commit & COMMIT_COUNTED) != 0 ? storedLostCount(dataLength) : 0;
    }
  }

  /** The count after the data, a kernel long; a count that cannot be one is an unknown one. */
  private long storedLostCount(int dataLength) {
    if (dataLength + layout.commitBytes() > layout.dataBytes()) {
      return 0;
    }
    return Math.max(0, endian.signed(bytes, end, layout.commitBytes()));
  }

  /**
   * Appends rows of the page that was opened.
   *
   * @return true when the page is finished; false when the batch is full, so that this is to be
   *     called again with room
   */
  public boolean fill(EventBatch batch) {
    batch.readFrom(bytes, reader);
    if (pageRowDue) {
      if (batch.size == batch.capacity()) {
        return false;
      }
      int dataLength = end - pageStart - layout.dataOffset();
      batch.append(EventBatch.PAGE, time, dataLength, lostCount, pageFlags, position);
      pageRowDue = false;
      lastTime = time;
    }
    if (damage == null && !events(batch)) {
      return false;
    }
    if (damage != null) {
      if (!batch.addDamage(damage, lastTime, position)) {
        return false;
      }
      batch.threads[batch.size - 1] = at - pageStart;
      damage = null;
      at = end;
    }
    return true;
  }

  /** Appends the events from {@link #at} on; false when the batch is full. */
  private boolean events(EventBatch batch) {
    int before = batch.size;
    boolean finished = walk(batch);
    if (batch.size > before) {
      lastTime = batch.times[batch.size - 1];
    }
    return finished;
  }

  private boolean walk(EventBatch batch) {
    while (at < end) {
      shortEvents(batch);
      if (at == end) {
        break;
      }
      if (batch.size == batch.capacity()) {
        return false;
      }
      damage = otherRecord(batch);
      if (damage != null) {
        break;
      }
    }
    return true;
  }

  /**
   * Appends the run of events that begins at {@link #at} and whose lengths stand in their first
   * words: nearly all records there are, and so a loop of its own, as short as can be.
   */
  private void shortEvents(EventBatch batch) {
    final byte[] page = bytes;
    final Endian order = endian;
    final EventReader events = reader;
    final long[] times = batch.times;
    final int[] lengths = batch.payloadLengths;
    final int limit = end;
    final int rows = batch.capacity();
    int row = batch.size;
    int here = at;
    long now = time;
    while (row < rows && limit - here >= WORD) {
      int word = order.i32(page, here);
      int type = order.typeLength(word);
      int length = type * WORD;
      int payload = here + WORD;
      if (type > TYPE_DATA_MAX || length > limit - payload) {
        break;
      }
      // Type 0 gives length 0, which is too short for any event.
      byte kind = events.kind(page, payload, length);
      if (kind == EventReader.TOO_SHORT) {
        break;
      }
      now += order.timeDelta(word);
      events.read(page, payload, kind, batch, row);
      times[row] = now;
      lengths[row] = length;
      row++;
      here = payload + length;
    }
    batch.size = row;
    at = here;
    time = now;
  }

  /**
   * Walks the record at {@link #at}, whatever it is; the batch has room.
   *
   * @return what is wrong with it, null if nothing is
   */
  private Damage otherRecord(EventBatch batch) {
    int room = end - at - WORD;
    if (room < 0) {
      return Damage.RECORD_WORD_CUT;
    }
    int word = endian.i32(bytes, at);
    int type = endian.typeLength(word);
    int delta = endian.timeDelta(word);
    if (type == TYPE_PADDING && delta == 0) {
      if (room >= WORD) {
        return Damage.PADDING_BEFORE_END;
      }
      at = end;
      return null;
    }
    if (type != 0 && type <= TYPE_DATA_MAX) {
      int length = type * WORD;
      return length > room ? Damage.RECORD_EXCEEDS_DATA : reader.damage(length);
    }
    if (room < WORD) {
      return Damage.RECORD_EXCEEDS_DATA;
    }
    int second = endian.i32(bytes, at + WORD);
    return type >= TYPE_TIME_EXTEND
        ? timeRecord(type, ((second & 0xffffffffL) << DELTA_BITS) + delta)
        : longRecord(type, delta, second, room, batch);
  }

  private Damage timeRecord(int type, long value) {
    long now = type == TYPE_TIME_EXTEND ? time + value : absolute(value, time);
    if (isOutOfRange(now)) {
      return Damage.TIME_OUT_OF_RANGE;
    }
    time = now;
    at += 2 * WORD;
    return null;
  }

  private boolean isOutOfRange(long time) {
    return !anyTime && (time < EventBatch.EARLIEST || time > EventBatch.LATEST);
  }

  /** A record whose length stands in its second word: a long event, or padding. */
  private Damage longRecord(int type, int delta, int length, int room, EventBatch batch) {
    Damage wrong = checkLength(type, length, room);
    if (wrong != null) {
      return wrong;
    }
    if (type == TYPE_PADDING) {
      time += delta == 1 ? 0 : delta;
    } else {
      int payload = at + 2 * WORD;
      int payloadBytes = length - WORD;
      byte kind = reader.kind(bytes, payload, payloadBytes);
      if (kind == EventReader.TOO_SHORT) {
        return reader.damage(payloadBytes);
      }
      time += delta;
      reader.read(bytes, payload, kind, batch, batch.size);
      batch.times[batch.size] = time;
      batch.payloadLengths[batch.size++] = payloadBytes;
    }
    at += WORD + (length + WORD - 1) / WORD * WORD;
    return null;
  }

  /**
   * Checks the length word of a record of type 0 or 29; {@code room} is what the data has from that
   * word on.
   */
  private static Damage checkLength(int type, int length, int room) {
    boolean padding = type == TYPE_PADDING;
    if (length < 0 || length > room || (length + WORD - 1) / WORD * WORD > room) {
      return padding ? Damage.PADDING_EXCEEDS_DATA : Damage.RECORD_EXCEEDS_DATA;
    }
    if (length < WORD) {
      return padding
          ? Damage.PADDING_LENGTH_SHORT
          : length == 0 ? Damage.RECORD_LENGTH_ZERO : Damage.RECORD_LENGTH_SHORT;
    }
    return null;
  }

  /**
   * A stamp of 59 bits with the top bits of the time before it (kernel/trace/ring_buffer.c,
   * rb_fix_abs_ts): where that would step back, the 59 bits have overflowed since.
   */
  private static long absolute(long stamp, long now) {
    if ((now & STAMP_TOP) == 0) {
      return stamp;
    }
    long fixed = stamp | (now & STAMP_TOP);
    return Long.compareUnsigned(fixed, now) < 0 ? fixed + (1L << 59) : fixed;
  }
}
