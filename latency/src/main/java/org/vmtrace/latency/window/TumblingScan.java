package org.vmtrace.latency.window;

import org.vmtrace.latency.pair.PairBatch;

/**
 * Follows one thread through its tumbling windows and keeps the first, the last and the largest.
 */
public final class TumblingScan {
  /** Takes the thread's windows. */
  @FunctionalInterface
  public interface Sink {
    /** Takes nothing. */
    Sink NONE = window -> {};

    /** A window begins. */
    default void began() {}

    /** The window that has begun last is complete; it changes when the next one begins. */
    void ended(TumblingSum window);
  }

  private final TumblingSum current;
  private final Sink sink;

  /** Whether the sink has had the current window. */
  private boolean told;

  private TumblingWindow first;
  private boolean single;
  private long best = -1;
  private long bestStart;
  private long busyBest = -1;
  private long busyBestStart;

  /** Windows of so many units of the clock. */
  public TumblingScan(long window, Sink sink) {
    this.current = new TumblingSum(window);
    this.sink = sink;
  }

  /** Adds the next latency. */
  public void add(long entryTime, long latency, boolean idle) {
    if (!current.holds(entryTime)) {
      begin(entryTime);
    }
    current.add(latency, idle);
  }

  /** Adds the pairs of a run. */
  public void add(PairBatch pairs, int from, int to) {
    for (int pair = from; pair < to; ) {
      if (!current.holds(pairs.entryTimes()[pair])) {
        begin(pairs.entryTimes()[pair]);
      }
      pair = current.add(pairs, pair, to);
    }
  }

  /**
   * The clock has reached this instant and does not step back: tells of the current window if it
   * ends before.
   */
  public void reached(long time) {
    if (current.begun() && !told && !current.holds(time)) {
      tell();
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

  private void begin(long entryTime) {
    close();
    current.begin(entryTime);
    sink.began();
    told = false;
  }

  private void tell() {
    sink.ended(current);
    told = true;
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
    if (!told) {
      tell();
    }
  }

  /** Whether the current window is the better one; where time steps back it may be the earlier. */
  private boolean isBetter(long sum, long bestSum, long start) {
    return sum > bestSum || (sum == bestSum && current.start() < start);
  }
}
