package org.vmtrace.latency;

import java.util.Arrays;

/** All that the scan of a split gathers of one thread's latencies. */
final class ThreadScan {
  private final ReasonTable reasons;
  private final ThreadTally tally;
  private final SlidingWindow sliding;
  private final TumblingScan tumbling;
  private final LatencyRun head = new LatencyRun();
  private final long headLimit;
  private ReasonTally[] byReason = new ReasonTally[0];
  private int epoch;

  /**
   * A thread without latencies.
   *
   * @param headLimit latencies whose entries lie before this are kept for the left neighbour
   */
  ThreadScan(ReasonTable reasons, AnalysisRules rules, ThreadTally tally, long headLimit) {
    this.reasons = reasons;
    this.tally = tally;
    this.sliding = new SlidingWindow(rules.window());
    this.tumbling = new TumblingScan(rules.window());
    this.headLimit = headLimit;
  }

  /** Adds the latency in a row of a batch. */
  void add(LatencyBatch batch, int row) {
    long entryTime = batch.entryTimes[row];
    long latency = entryTime - batch.exitTimes[row];
    boolean idle = batch.idle[row];
    int reason = batch.reasonNumbers[row];
    if (reason >= byReason.length || byReason[reason] == null) {
      meet(reason);
    }
    byReason[reason].add(latency);
    if (tally.worst().mayTake(latency)) {
      tally.worst().add(batch.latencyAt(row));
    }
    if (!idle && tally.worstBusy().mayTake(latency)) {
      tally.worstBusy().add(batch.latencyAt(row));
    }
    if (batch.epochs[row] != epoch) {
      epoch = batch.epochs[row];
      sliding.restart();
    }
    sliding.add(entryTime, latency, idle);
    tumbling.add(entryTime, latency, idle);
    if (entryTime < headLimit && epoch == 0) {
      head.add(entryTime, latency, idle);
    }
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
