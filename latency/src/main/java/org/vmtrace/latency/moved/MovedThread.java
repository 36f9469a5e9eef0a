package org.vmtrace.latency.moved;

import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.latency.Latency;
import org.vmtrace.latency.ThreadKey;
import org.vmtrace.latency.pair.PairingCounts;
import org.vmtrace.latency.pair.PairingCounts.Outcome;
import org.vmtrace.latency.pair.VcpuSeen;
import org.vmtrace.latency.split.ThreadPeaks;
import org.vmtrace.latency.split.ThreadResult;
import org.vmtrace.latency.tally.ThreadTally;
import org.vmtrace.latency.window.SlidingWindow;
import org.vmtrace.latency.window.TumblingEdge;
import org.vmtrace.latency.window.TumblingScan;
import org.vmtrace.latency.window.TumblingWindow;
import org.vmtrace.ring.Isa;

/**
 * Pairs the exits and entries of one thread that was seen on several streams of its recording,
 * event by event in the total order. A pair that overlaps a gap of any stream is dropped: what was
 * lost may have been the thread's. Not thread-safe.
 */
public final class MovedThread {
  /** Takes the thread's rows. */
  public interface Rows {
    /** Takes nothing. */
    Rows NONE =
        new Rows() {
          @Override
          public void latency(Latency latency, boolean idle) {}

          @Override
          public void window(int pid, TumblingWindow window) {}
        };

    /** A latency, in the order of the entries. */
    void latency(Latency latency, boolean idle);

    /** A tumbling window, in the order of time. */
    void window(int pid, TumblingWindow window);
  }

  private final AnalysisRules rules;
  private final Gaps gaps;
  private final Rows rows;
  private final ThreadTally tally;
  private final SlidingWindow sliding;
  private final TumblingScan tumbling;
  private VcpuSeen vcpu = VcpuSeen.NONE;
  private MovedEvent open;

  /**
   * A thread without events.
   *
   * @param key its {@link ThreadKey}
   * @param gaps where the streams of its recording lack events
   * @param rows takes its rows
   */
  public MovedThread(AnalysisRules rules, long key, Gaps gaps, Rows rows) {
    this.rules = rules;
    this.gaps = gaps;
    this.rows = rows;
    this.tally = new ThreadTally(key, rules.worst());
    this.sliding = new SlidingWindow(rules.window());
    this.tumbling =
        new TumblingScan(rules.window(), window -> rows.window(ThreadKey.pid(key), window.soFar()));
  }

  /** Takes the thread's next event in the total order. */
  public void accept(MovedEvent event) {
    PairingCounts counts = tally.pairing();
    tally.sawCpu(event.cpu());
    vcpu =
        vcpu.then(event.exit() ? new VcpuSeen(event.vcpu(), -1) : new VcpuSeen(-1, event.vcpu()));
    if (event.exit()) {
      counts.sawExit(event.flags());
      if (open != null) {
        counts.count(Outcome.UNPAIRED_EXIT);
      }
      open = event;
      return;
    }
    counts.sawEntry(event.flags());
    if (open == null) {
      counts.count(Outcome.UNPAIRED_ENTRY);
    } else if (gaps.overlap(open.place(), event.place())) {
      counts.count(Outcome.DROPPED_BY_LOSS);
      counts.count(Outcome.UNPAIRED_ENTRY);
    } else {
      pair(open, event);
    }
    open = null;
  }

  /** The thread's result; nothing may be accepted afterwards. */
  public ThreadResult finish() {
    if (open != null) {
      tally.pairing().count(Outcome.OPEN_AT_END);
    }
    tally.sawVcpu(vcpu.vcpu());
    TumblingEdge windows = tumbling.edge();
    return new ThreadResult(
        tally,
        new ThreadPeaks(
            sliding.best(),
            sliding.busyBest(),
            windows == null ? null : windows.best(),
            windows == null ? null : windows.busyBest()));
  }

  private void pair(MovedEvent exit, MovedEvent entry) {
    Isa isa = Isa.ofFlags(exit.flags());
    if (rules.traits().excluded(isa, exit.code())) {
      tally.pairing().count(Outcome.EXCLUDED);
      return;
    }
    Latency latency =
        new Latency(
            exit.time(),
            entry.time(),
            ThreadKey.pid(tally.key()),
            entry.cpu(),
            exit.vcpu(),
            isa,
            exit.code(),
            exit.instructionPointer());
    boolean idle = rules.traits().idle(isa, exit.code());
    tally.add(latency, idle);
    sliding.add(latency.entryTime(), latency.latency(), idle);
    tumbling.add(latency.entryTime(), latency.latency(), idle);
    rows.latency(latency, idle);
  }
}
