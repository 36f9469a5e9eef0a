package org.vmtrace.latency.window;

import java.util.function.Consumer;
import org.vmtrace.latency.pair.PairBatch;

/**
 * Follows one thread through its tumbling windows and keeps the first, the last and the largest.
 */
public final class TumblingScan {
  private final TumblingSum current;
  private final Consumer<TumblingWindow> ended;
  private TumblingWindow first;
  private boolean single;
  private long best = -1;
  private long bestStart;
  private long busyBest = -1;
  private long busyBestStart;

  /** Windows of so many units of the clock, of which only the edge is wanted. */
  public TumblingScan(long window) {
    this(window, null);
  }

  /** Windows of so many units of the clock; {@code ended} takes each when it has ended. */
  public TumblingScan(long window, Consumer<TumblingWindow> ended) {
    this.current = new TumblingSum(window);
    this.ended = ended;
  }

  /** Adds the next latency. */
  public void add(long entryTime, long latency, boolean idle) {
    if (!current.holds(entryTime)) {
      close();
      current.begin(entryTime);
    }
    current.add(latency, idle);
  }

  /** Adds the pairs of a run. */
  public void add(PairBatch pairs, int from, int to) {
    for (int pair = from; pair < to; ) {
      if (!current.holds(pairs.entryTimes()[pair])) {
        close();
        current.begin(pairs.entryTimes()[pair]);
      }
      pair = current.add(pairs, pair, to);
    }
  }

  /**
   * What the neighbours must know; null where the thread had no latency. Nothing may be added
   * afterwards.
   */
  public TumblingEdge edge() {
    if (!current.begun()) {
      return null;
    }
    close();
    return new TumblingEdge(
        first,
        single ? first : current.soFar(),
        single,
        new Peak(best, bestStart),
        busyBest < 0 ? null : new Peak(busyBest, busyBestStart));
  }

  private void close() {
    if (!current.begun()) {
      return;
    }
    single = first == null;
    if (single) {
      first = current.soFar();
    }
    if (isBetter(current.sum(), best, bestStart)) {
      best = current.sum();
      bestStart = current.start();
    }
    if (current.anyBusy() && isBetter(current.busySum(), busyBest, busyBestStart)) {
      busyBest = current.busySum();
      busyBestStart = current.start();
    }
    if (ended != null) {
      ended.accept(current.soFar());
    }
  }

  /** Whether the current window is the better one; where time steps back it may be the earlier. */
  private boolean isBetter(long sum, long bestSum, long start) {
    return sum > bestSum || (sum == bestSum && current.start() < start);
  }
}
