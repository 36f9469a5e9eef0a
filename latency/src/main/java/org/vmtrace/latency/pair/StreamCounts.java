package org.vmtrace.latency.pair;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.vmtrace.latency.Sums;
import org.vmtrace.latency.Varints;
import org.vmtrace.ring.Damage;
import org.vmtrace.ring.EventBatch;

/** What is counted of a stream, or of a split of one, without regard to threads. */
public final class StreamCounts {
  /** Damaged pages that are listed one by one; all are counted. */
  public static final int DAMAGE_LISTED = 1000;

  /**
   * A page that could not be read to its end.
   *
   * @param position where the page (of compressed data: its chunk) begins in the file, in bytes
   * @param cpu the stream's CPU
   * @param cause why
   * @param offset offset of the bad record within the page
   */
  public record DamagedPage(long position, int cpu, Damage cause, int offset)
      implements Serializable {}

  long other;
  long lost;
  long lostPlaces;
  long damagedPages;
  long stepsBack;
  private long minTime = Long.MAX_VALUE;
  private long maxTime = Long.MIN_VALUE;
  private boolean anyStamp;
  private long firstStamp;
  private final List<DamagedPage> damage = new ArrayList<>();

  /** Events that are neither exits nor entries. */
  public long other() {
    return other;
  }

  /** Sum of the stored counts of lost events. */
  public long lost() {
    return lost;
  }

  /** Pages before which events were lost, counted or not. */
  public long lostPlaces() {
    return lostPlaces;
  }

  /** Pages that could not be read to their end. */
  public long damagedPages() {
    return damagedPages;
  }

  /** How often an event's time was before that of the event before it. */
  public long stepsBack() {
    return stepsBack;
  }

  /** Whether there was any event. */
  public boolean anyEvent() {
    return minTime <= maxTime;
  }

  /** The earliest time of an event; of no meaning without events. */
  public long minTime() {
    return minTime;
  }

  /** The latest time of an event; of no meaning without events. */
  public long maxTime() {
    return maxTime;
  }

  /** The first {@link #DAMAGE_LISTED} damaged pages in the order of the stream. */
  public List<DamagedPage> damage() {
    return List.copyOf(damage);
  }

  /** The stamp of the first page that could be read, null where there is none. */
  public Long firstStamp() {
    return anyStamp ? firstStamp : null;
  }

  void sawTime(long time) {
    minTime = Math.min(minTime, time);
    maxTime = Math.max(maxTime, time);
  }

  void sawPage(long stamp) {
    if (!anyStamp) {
      anyStamp = true;
      firstStamp = stamp;
    }
  }

  void damage(EventBatch batch, int row) {
    if (damage.size() < DAMAGE_LISTED) {
      damage.add(
          new DamagedPage(
              batch.position(row), batch.cpu(), Damage.ofCode(batch.code(row)), batch.thread(row)));
    }
  }

  /** Counts an event whose time was before that of the event before it. */
  public void steppedBack() {
    stepsBack++;
  }

  /** Adds what comes after this in the stream. */
  public void append(StreamCounts next) {
    other += next.other;
    lost = Sums.plus(lost, next.lost);
    lostPlaces += next.lostPlaces;
    damagedPages += next.damagedPages;
    stepsBack += next.stepsBack;
    minTime = Math.min(minTime, next.minTime);
    maxTime = Math.max(maxTime, next.maxTime);
    if (!anyStamp && next.anyStamp) {
      anyStamp = true;
      firstStamp = next.firstStamp;
    }
    damage.addAll(
        next.damage.subList(0, Math.min(next.damage.size(), DAMAGE_LISTED - damage.size())));
  }

  /** Writes it for another process. */
  public void write(DataOutput out) throws IOException {
    Varints.write(out, other);
    Varints.write(out, lost);
    Varints.write(out, lostPlaces);
    Varints.write(out, damagedPages);
    Varints.write(out, stepsBack);
    out.writeLong(minTime);
    out.writeLong(maxTime);
    out.writeBoolean(anyStamp);
    out.writeLong(firstStamp);
    Varints.write(out, damage.size());
    for (DamagedPage page : damage) {
      out.writeLong(page.position);
      out.writeInt(page.cpu);
      out.writeByte(page.cause.code());
      out.writeInt(page.offset);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static StreamCounts read(DataInput in) throws IOException {
    StreamCounts counts = new StreamCounts();
    counts.other = Varints.read(in);
    counts.lost = Varints.read(in);
    counts.lostPlaces = Varints.read(in);
    counts.damagedPages = Varints.read(in);
    counts.stepsBack = Varints.read(in);
    counts.minTime = in.readLong();
    counts.maxTime = in.readLong();
    counts.anyStamp = in.readBoolean();
    counts.firstStamp = in.readLong();
    for (long left = Varints.read(in); left > 0; left--) {
      counts.damage.add(
          new DamagedPage(in.readLong(), in.readInt(), Damage.ofCode(in.readByte()), in.readInt()));
    }
    return counts;
  }
}
