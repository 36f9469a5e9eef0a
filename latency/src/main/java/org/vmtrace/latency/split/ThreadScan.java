package org.vmtrace.latency.split;

import java.util.Arrays;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.latency.Latency;
import org.vmtrace.latency.ThreadKey;
import org.vmtrace.latency.pair.OpenExit;
import org.vmtrace.latency.pair.PairBatch;
import org.vmtrace.latency.pair.ReasonTable;
import org.vmtrace.latency.pair.ThreadState;
import org.vmtrace.latency.tally.ReasonTally;
import org.vmtrace.latency.tally.ThreadTally;
import org.vmtrace.latency.window.LatencyRun;
import org.vmtrace.latency.window.SlidingWindow;
import org.vmtrace.latency.window.TumblingScan;

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
   * @param windows takes the thread's tumbling windows
   */
  ThreadScan(
      ReasonTable reasons,
      AnalysisRules rules,
      ThreadTally tally,
      int cpu,
      long headLimit,
      TumblingScan.Sink windows) {
    this.cpu = cpu;
    this.reasons = reasons;
    this.tally = tally;
    this.sliding = new SlidingWindow(rules.window());
    this.tumbling = new TumblingScan(rules.window(), windows);
    this.headLimit = headLimit;
  }

  /**
   * Adds the pairs of a run.
   *
   * @param now how often time has stepped back so far
   */
  void add(PairBatch pairs, int from, int to, int now) {
    if (now != epoch) {
      epoch = now;
      sliding.restart();
    }
    count(pairs, from, to);
    sliding.add(pairs, from, to);
    tumbling.add(pairs, from, to);
    if (epoch == 0 && pairs.entryTimes()[from] < headLimit) {
      keepHead(pairs, from, to);
    }
  }

  private void count(PairBatch pairs, int from, int to) {
    int[] numbers = pairs.reasons();
    long[] latencies = pairs.latencies();
    for (int pair = from; pair < to; pair++) {
      int reason = numbers[pair];
      if (reason >= byReason.length || byReason[reason] == null) {
        meet(reason);
      }
      byReason[reason].add(latencies[pair]);
    }
  }

  private void keepHead(PairBatch pairs, int from, int to) {
    for (int pair = from; pair < to && pairs.entryTimes()[pair] < headLimit; pair++) {
      head.add(pairs.entryTimes()[pair], pairs.latencies()[pair], pairs.idle()[pair]);
    }
  }

  /** The next pair that may be among the worst, {@code to} if none is. */
  int nextWorst(PairBatch pairs, int from, int to) {
    long[] latencies = pairs.latencies();
    int pair = from;
    while (pair < to
        && latencies[pair] < worstFloor
        && (pairs.idle()[pair] || latencies[pair] < worstBusyFloor)) {
      pair++;
    }
    return pair;
  }

  /** The clock has reached this instant and does not step back. */
  void reached(long time) {
    tumbling.reached(time);
  }

  /** Adds a pair to the worst. */
  void worst(PairBatch pairs, int pair, OpenExit exit) {
    Latency latency = exit.endedBy(pairs.entryTimes()[pair], ThreadKey.pid(tally.key()), cpu);
    tally.worst(latency, pairs.idle()[pair]);
    worstFloor = tally.worst().floor();
    worstBusyFloor = tally.worstBusy().floor();
  }

  /**
   * The thread's edge.
   *
   * @param lastTime the split's last event
   * @param lastEpoch how often time has stepped back in the split
   */
  ThreadEdge edge(ThreadState state, OpenExit open, long window, long lastTime, int lastEpoch) {
    long from = EdgeJoin.saturatedSum(lastTime, -window);
    return new ThreadEdge(
        state.cutBefore(),
        state.pending(),
        state.pendingTime(),
        state.vcpu(),
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
