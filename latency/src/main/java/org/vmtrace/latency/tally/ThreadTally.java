package org.vmtrace.latency.tally;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.vmtrace.latency.Latency;
import org.vmtrace.latency.ThreadKey;
import org.vmtrace.latency.Varints;
import org.vmtrace.latency.pair.PairingCounts;
import org.vmtrace.latency.pair.VcpuSeen;
import org.vmtrace.ring.Isa;

/**
 * What is counted of one thread and merges in any order: a tally for each of its reasons, what
 * became of its events, and its worst latencies.
 */
public final class ThreadTally {
  private final long key;
  private final PairingCounts pairing;
  private final List<ReasonTally> reasons = new ArrayList<>();
  private final SortedSet<Integer> cpus = new TreeSet<>();
  private final WorstLatencies worst;
  private final WorstLatencies worstBusy;
  private int vcpu = -1;

  /**
   * A thread without events.
   *
   * @param key its {@link ThreadKey}
   * @param worst how many of its worst latencies to keep; one is always kept
   */
  public ThreadTally(long key, int worst) {
    this(key, new PairingCounts(), new WorstLatencies(Math.max(1, worst)), new WorstLatencies(1));
  }

  private ThreadTally(
      long key, PairingCounts pairing, WorstLatencies worst, WorstLatencies worstBusy) {
    this.key = key;
    this.pairing = pairing;
    this.worst = worst;
    this.worstBusy = worstBusy;
  }

  /** Its {@link ThreadKey}. */
  public long key() {
    return key;
  }

  /** What became of its exits and entries. */
  public PairingCounts pairing() {
    return pairing;
  }

  /** The tallies of its reasons, in no particular order. */
  public Collection<ReasonTally> reasons() {
    return Collections.unmodifiableList(reasons);
  }

  /** The CPUs that the thread had exits or entries on. */
  public SortedSet<Integer> cpus() {
    return Collections.unmodifiableSortedSet(cpus);
  }

  /** Its worst latencies. */
  public WorstLatencies worst() {
    return worst;
  }

  /** The worst of those that are not idle. */
  public WorstLatencies worstBusy() {
    return worstBusy;
  }

  /** The vCPU that the thread runs, see {@link VcpuSeen}; -1 where the events do not say. */
  public int vcpu() {
    return vcpu;
  }

  /** It had an exit or entry on this CPU. */
  public void sawCpu(int cpu) {
    cpus.add(cpu);
  }

  /** Its events name this vCPU, none if -1; of several the smallest is kept. */
  public void sawVcpu(int vcpu) {
    if (vcpu >= 0 && (this.vcpu < 0 || vcpu < this.vcpu)) {
      this.vcpu = vcpu;
    }
  }

  /** The tally of a reason, made where there is none. */
  public ReasonTally reason(Isa isa, long code, boolean idle) {
    for (ReasonTally tally : reasons) {
      if (tally.code() == code && tally.isa() == isa) {
        return tally;
      }
    }
    ReasonTally tally = new ReasonTally(isa, code, idle);
    reasons.add(tally);
    return tally;
  }

  /** Adds one latency. */
  public void add(Latency latency, boolean idle) {
    reason(latency.isa(), latency.code(), idle).add(latency.latency());
    worst(latency, idle);
  }

  /** Adds one latency that is counted already, but may be among the worst. */
  public void worst(Latency latency, boolean idle) {
    worst.add(latency);
    if (!idle) {
      worstBusy.add(latency);
    }
  }

  /** Adds what was counted of the same thread elsewhere. */
  public void add(ThreadTally other) {
    pairing.add(other.pairing);
    for (ReasonTally tally : other.reasons) {
      reason(tally.isa(), tally.code(), tally.idle()).add(tally);
    }
    cpus.addAll(other.cpus);
    worst.addAll(other.worst);
    worstBusy.addAll(other.worstBusy);
    sawVcpu(other.vcpu);
  }

  /** Writes it for another process. */
  public void write(DataOutput out) throws IOException {
    out.writeLong(key);
    pairing.write(out);
    worst.write(out);
    worstBusy.write(out);
    out.writeInt(vcpu);
    Varints.write(out, cpus.size());
    for (int cpu : cpus) {
      Varints.write(out, cpu);
    }
    Varints.write(out, reasons.size());
    // In one order, whatever came first, so that equal tallies have equal bytes.
    for (ReasonTally tally : reasons.stream().sorted(ReasonTally.BY_CODE).toList()) {
      tally.write(out);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static ThreadTally read(DataInput in) throws IOException {
    ThreadTally tally =
        new ThreadTally(
            in.readLong(),
            PairingCounts.read(in),
            WorstLatencies.read(in),
            WorstLatencies.read(in));
    tally.vcpu = in.readInt();
    for (long left = Varints.read(in); left > 0; left--) {
      tally.cpus.add((int) Varints.read(in));
    }
    for (long left = Varints.read(in); left > 0; left--) {
      tally.reasons.add(ReasonTally.read(in));
    }
    return tally;
  }
}
