package org.vmtrace.latency.split;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.latency.ThreadKey;
import org.vmtrace.latency.Varints;
import org.vmtrace.latency.pair.PairingCounts.Outcome;
import org.vmtrace.latency.pair.StreamCounts;
import org.vmtrace.latency.tally.Corrections;

/**
 * The edges of a run of neighbouring splits of one stream: small, and joined in the order of the
 * stream. How two threads' edges are joined is the business of {@link EdgeJoin}.
 */
public final class StreamEdges {
  private final int cpu;
  private final StreamCounts counts;
  private final boolean anyEvent;
  private final long firstTime;
  private final long lastTime;
  private final boolean anyCut;
  private final boolean anyStep;
  private final Map<Long, ThreadEdge> threads;

  /**
   * Edges.
   *
   * @param cpu the stream's CPU
   * @param counts what is counted without regard to threads
   * @param anyEvent whether there was any event
   * @param firstTime the first event's time
   * @param lastTime the last event's time
   * @param anyCut whether events were lost, a page could not be read, or time stepped back
   * @param anyStep whether time stepped back
   * @param threads the edges by {@link ThreadKey}
   */
  StreamEdges(
      int cpu,
      StreamCounts counts,
      boolean anyEvent,
      long firstTime,
      long lastTime,
      boolean anyCut,
      boolean anyStep,
      Map<Long, ThreadEdge> threads) {
    this.cpu = cpu;
    this.counts = counts;
    this.anyEvent = anyEvent;
    // Without events they mean nothing: one value for that, so that the same edges are the same
    // bytes.
    this.firstTime = anyEvent ? firstTime : 0;
    this.lastTime = anyEvent ? lastTime : 0;
    this.anyCut = anyCut;
    this.anyStep = anyStep;
    this.threads = threads;
  }

  int cpu() {
    return cpu;
  }

  /** What is counted without regard to threads. */
  public StreamCounts counts() {
    return counts;
  }

  boolean anyEvent() {
    return anyEvent;
  }

  long firstTime() {
    return firstTime;
  }

  long lastTime() {
    return lastTime;
  }

  boolean anyCut() {
    return anyCut;
  }

  boolean anyStep() {
    return anyStep;
  }

  Map<Long, ThreadEdge> threads() {
    return threads;
  }

  /** The threads that had exits or entries, by {@link ThreadKey}. */
  public Set<Long> threadKeys() {
    return Collections.unmodifiableSet(threads.keySet());
  }

  /** No split at all. */
  public static StreamEdges none(int cpu) {
    return new StreamEdges(cpu, new StreamCounts(), false, 0, 0, false, false, new TreeMap<>());
  }

  /** Whether time steps back between this and what comes after it. */
  boolean stepsBackTo(StreamEdges next) {
    return anyEvent && next.anyEvent && next.firstTime < lastTime;
  }

  /**
   * The run followed by the run behind it. Neither is changed.
   *
   * @param corrections is told of the exits and entries whose fate this decides
   */
  public StreamEdges then(StreamEdges next, AnalysisRules rules, Corrections corrections) {
    boolean step = stepsBackTo(next);
    StreamCounts both = new StreamCounts();
    both.append(counts);
    both.append(next.counts);
    if (step) {
      both.steppedBack();
    }
    return new StreamEdges(
        cpu,
        both,
        anyEvent || next.anyEvent,
        anyEvent ? firstTime : next.firstTime,
        next.anyEvent ? next.lastTime : lastTime,
        anyCut || next.anyCut || step,
        anyStep || next.anyStep || step,
        new EdgeJoin(this, next, step, rules, corrections).join());
  }

  /** Decides what the ends of the stream leave open. */
  public Map<Long, ThreadPeaks> close(Corrections corrections) {
    Map<Long, ThreadPeaks> peaks = new TreeMap<>();
    threads.forEach(
        (key, edge) -> {
          peaks.put(key, ThreadPeaks.of(edge));
          corrections.vcpu(key, edge.vcpu().vcpu());
          if (edge.pending()) {
            corrections.count(key, Outcome.UNPAIRED_ENTRY);
          }
          if (edge.open() != null) {
            corrections.count(key, Outcome.OPEN_AT_END);
          }
        });
    return peaks;
  }

  /** Writes it for another process. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(cpu);
    counts.write(out);
    out.writeBoolean(anyEvent);
    out.writeLong(firstTime);
    out.writeLong(lastTime);
    out.writeBoolean(anyCut);
    out.writeBoolean(anyStep);
    Varints.write(out, threads.size());
    for (Map.Entry<Long, ThreadEdge> entry : threads.entrySet()) {
      out.writeLong(entry.getKey());
      entry.getValue().write(out);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static StreamEdges read(DataInput in) throws IOException {
    int cpu = in.readInt();
    StreamCounts counts = StreamCounts.read(in);
    boolean anyEvent = in.readBoolean();
    long firstTime = in.readLong();
    long lastTime = in.readLong();
    boolean anyCut = in.readBoolean();
    boolean anyStep = in.readBoolean();
    Map<Long, ThreadEdge> threads = new TreeMap<>();
    for (long left = Varints.read(in); left > 0; left--) {
      threads.put(in.readLong(), ThreadEdge.read(in));
    }
    return new StreamEdges(cpu, counts, anyEvent, firstTime, lastTime, anyCut, anyStep, threads);
  }
}
