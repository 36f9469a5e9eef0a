package org.vmtrace.latency.window;

import org.vmtrace.latency.Sums;
import org.vmtrace.latency.pair.PairBatch;

/**
 * The tumbling window [k * window, (k + 1) * window) of the clock that one thread is in. A latency
 * belongs to the window of its entry; a window ends when the thread's next latency belongs to
 * another one, so that a window may come twice where time steps back.
 */
public final class TumblingSum {
  private final long window;
  private boolean begun;
  private long start;
  private long latencies;
  private long sum;
  private long max;
  private long busyLatencies;
  private long busySum;
  private long busyMax;

  /** A thread without a window yet; {@code window} is the length in units of the clock. */
  public TumblingSum(long window) {
    this.window = window;
  }

  /** Whether the current window holds this instant. */
  public boolean holds(long entryTime) {
    return begun && entryTime >= start && entryTime - start < window;
  }

  /** Begins the window that holds this instant. */
  public void begin(long entryTime) {
    begun = true;
    start = startOf(entryTime, window);
    latencies = 0;
    sum = 0;
    max = 0;
    busyLatencies = 0;
    busySum = 0;
    busyMax = 0;
  }

  /** Adds a latency to the current window. Idle ones come and go without pattern: no branches. */
  public void add(long latency, boolean idle) {
    long ifIdle = idle ? -1 : 0;
    long busy = latency & ~ifIdle;
    latencies++;
    sum = Sums.plus(sum, latency);
    max = Math.max(max, latency);
    busyLatencies += 1 + ifIdle;
    busySum = Sums.plus(busySum, busy);
    busyMax = Math.max(busyMax, busy);
  }

  /** Adds pairs as long as the current window holds them; returns the first that it does not. */
  public int add(PairBatch pairs, int from, int to) {
    int pair = from;
    while (pair < to && holds(pairs.entryTimes()[pair])) {
      add(pairs.latencies()[pair], pairs.idle()[pair]);
      pair++;
    }
    return pair;
  }

  /** Whether there is a current window. */
  public boolean begun() {
    return begun;
  }

  /** The first instant of the current window. */
  public long start() {
    return start;
  }

  long sum() {
    return sum;
  }

  long busySum() {
    return busySum;
  }

  boolean anyBusy() {
    return busyLatencies > 0;
  }

  /** What the current window holds so far. */
  public TumblingWindow soFar() {
    return new TumblingWindow(start, latencies, sum, max, busyLatencies, busySum, busyMax);
  }

  /** The first instant of the window that holds an instant. */
  public static long startOf(long time, long window) {
    return Math.floorDiv(time, window) * window;
  }
}
