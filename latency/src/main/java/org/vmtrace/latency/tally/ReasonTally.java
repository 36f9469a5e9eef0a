package org.vmtrace.latency.tally;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Comparator;
import org.vmtrace.latency.Sums;
import org.vmtrace.latency.Varints;
import org.vmtrace.ring.Isa;

/** The latencies of one reason of one thread, as counts that merge in any order. */
public final class ReasonTally {
  static final Comparator<ReasonTally> BY_CODE =
      Comparator.comparing(ReasonTally::isa).thenComparingLong(ReasonTally::code);

  private final Isa isa;
  private final long code;
  private final boolean idle;
  private final LatencyCounts counts;
  private long latencies;
  private long sum;
  private long min = Long.MAX_VALUE;
  private long max;

  ReasonTally(Isa isa, long code, boolean idle) {
    this(isa, code, idle, new LatencyCounts());
  }

  private ReasonTally(Isa isa, long code, boolean idle, LatencyCounts counts) {
    this.isa = isa;
    this.code = code;
    this.idle = idle;
    this.counts = counts;
  }

  /** Adds one latency, 0 or more units of the clock. */
  public void add(long latency) {
    latencies++;
    sum = Sums.plus(sum, latency);
    min = Math.min(min, latency);
    max = Math.max(max, latency);
    counts.add(latency);
  }

  void add(ReasonTally other) {
    latencies += other.latencies;
    sum = Sums.plus(sum, other.sum);
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
    counts.add(other.counts);
  }

  /** The architecture that the code belongs to. */
  public Isa isa() {
    return isa;
  }

  /** The reason's code. */
  public long code() {
    return code;
  }

  /** Whether the guest was idle. */
  public boolean idle() {
    return idle;
  }

  /** How many latencies. */
  public long latencies() {
    return latencies;
  }

  /** Their sum; it ends at {@link Sums#MOST}. */
  public long sum() {
    return sum;
  }

  /** The shortest; of no meaning where there is none. */
  public long min() {
    return min;
  }

  /** The longest; of no meaning where there is none. */
  public long max() {
    return max;
  }

  /** How many of each length. */
  public LatencyCounts counts() {
    return counts;
  }

  void write(DataOutput out) throws IOException {
    out.writeByte(isa.flags());
    out.writeLong(code);
    out.writeBoolean(idle);
    Varints.write(out, latencies);
    Varints.write(out, sum);
    Varints.write(out, min);
    Varints.write(out, max);
    counts.write(out);
  }

  static ReasonTally read(DataInput in) throws IOException {
    Isa isa = Isa.ofFlags(in.readByte());
    long code = in.readLong();
    boolean idle = in.readBoolean();
    long latencies = Varints.read(in);
    long sum = Varints.read(in);
    long min = Varints.read(in);
    long max = Varints.read(in);
    ReasonTally tally = new ReasonTally(isa, code, idle, LatencyCounts.read(in));
    tally.latencies = latencies;
    tally.sum = sum;
    tally.min = min;
    tally.max = max;
    return tally;
  }
}
