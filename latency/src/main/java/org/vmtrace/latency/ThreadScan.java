package org.vmtrace.latency;

import java.util.Arrays;
import org.vmtrace.ring.Isa;

/** All that the scan of a split gathers of one thread's latencies. */
final class ThreadScan {
  private final ReasonTable reasons;
  private final ThreadTally tally;
  private final SlidingWindow sliding;
  private final TumblingScan tumbling;
  private final LatencyRun head = new LatencyRun();
  private final long headLimit;
  private final int cpu;
  private long worstFloor = -1;
  private long worstBusyFloor = -1;
  private ReasonTally[] byReason = new ReasonTally[0];
  private int epoch;

  /**
   * A thread without latencies.
   *
   * @param cpu the stream's
   * @param headLimit latencies whose entries lie before this are kept for the left neighbour
   */
  ThreadScan(ReasonTable reasons, AnalysisRules rules, ThreadTally tally, int cpu, long headLimit) {
    this.cpu = cpu;
    this.reasons = reasons;
    this.tally = tally;
    this.sliding = new SlidingWindow(rules.window());
    this.tumbling = new TumblingScan(rules.window());
    this.headLimit = headLimit;
  }

  /**
   * Adds the latency between the exit that the thread has open and its entry.
   *
   * @param reason the exit's number in the table of reasons
   * @param now how often time has stepped back so far
   */
  void add(Pairing.State thread, long entryTime, int reason, int now) {
    long latency = entryTime - thread.openTime;
    boolean idle = reasons.idle(reason);
    if (reason >= byReason.length || byReason[reason] == null) {
      meet(reason);
    }
    byReason[reason].add(latency);
    // Rarely taken either way, so that it costs nothing that idle ones come without pattern.
    if (latency >= worstFloor || (idle ? -1 : latency) >= worstBusyFloor) {
      worst(thread, entryTime, idle);
    }
    if (now != epoch) {
      epoch = now;
      sliding.restart();
    }
    sliding.add(entryTime, latency, idle);
    tumbling.add(entryTime, latency, idle);
    if (entryTime < headLimit && epoch == 0) {
      head.add(entryTime, latency, idle);
    }
  }

  private void worst(Pairing.State thread, long entryTime, boolean idle) {
    Latency latency =
        new Latency(
            thread.openTime,
            entryTime,
            thread.pid,
            cpu,
            thread.openVcpu,
            Isa.ofFlags(thread.openFlags),
            thread.openCode,
            thread.openInstructionPointer);
    tally.worst(latency, idle);
    worstFloor = tally.worst().floor();
    worstBusyFloor = tally.worstBusy().floor();
  }

  /**
   * The thread's edge.
   *
   * @param lastTime the split's last event
   * @param lastEpoch how often time has stepped back in the split
   */
  ThreadEdge edge(Pairing.State state, OpenExit open, long window, long lastTime, int lastEpoch) {
    long from = EdgeJoin.saturatedSum(lastTime, -window);
    return new ThreadEdge(
        state.cutBefore,
        state.pending,
        state.pendingTime,
        open,
        headLimit,
        head,
        epoch == lastEpoch ? sliding.after(from) : new LatencyRun(),
        sliding.best(),
        sliding.busyBest(),
        tumbling.edge());
  }

  private void meet(int reason) {
    if (reason >= byReason.length) {
      byReason = Arrays.copyOf(byReason, Math.max(reasons.size(), 2 * byReason.length));
    }
    byReason[reason] =
        tally.reason(reasons.isa(reason), reasons.code(reason), reasons.idle(reason));
  }
}
