package org.vmtrace.latency;

import java.util.Arrays;

/**
 * Sums the latencies of each thread over the windows [k * window, (k + 1) * window) of the clock.
 * Windows are closed all together, when the first latency of a later one comes, in the order of
 * their first latencies: so the order of rows does not depend on where a stream was cut.
 */
final class TumblingWindows {
  /** Takes a finished window. */
  interface Sink {
    /** The window that {@code window} has just summed up. */
    void closed(Current window);
  }

  /** The window that a thread is in, and what was seen of those before it. */
  static final class Current {
    final int pid;
    final long key;
    long start;
    long latencies;
    long sum;
    long max;
    long busyLatencies;
    long busySum;
    long busyMax;

    /** The start of a window that an earlier split writes. */
    Long ownedBefore;

    /** What later splits add to the last window, null for nothing. */
    Tumble addedLater;

    private boolean written;
    private int serial = -1;
    private int epoch;
    private int firstEpoch;
    private Tumble first;
    private int closed;
    private long best = -1;
    private long bestStart;
    private long busyBest = -1;
    private long busyBestStart;

    Current(int pid, long key) {
      this.pid = pid;
      this.key = key;
    }

    private Tumble tumble() {
      return new Tumble(start, latencies, sum, max, busyLatencies, busySum, busyMax);
    }

    private void add(Tumble more) {
      latencies += more.latencies();
      sum += more.sum();
      max = Math.max(max, more.max());
      busyLatencies += more.busyLatencies();
      busySum += more.busySum();
      busyMax = Math.max(busyMax, more.busyMax());
    }

    /**
     * What the neighbours must know; null where the thread had no latency. Only behind the last
     * window's end.
     */
    TumblingEdge edge(int lastEpoch) {
      if (closed == 0) {
        return null;
      }
      return new TumblingEdge(
          first,
          closed == 1 ? first : tumble(),
          closed == 1,
          firstEpoch > 0,
          epoch < lastEpoch,
          new Peak(best, bestStart),
          busyBest < 0 ? null : new Peak(busyBest, busyBestStart));
    }
  }

  private final long window;
  private final Sink sink;
  private Current[] open = new Current[16];
  private int openCount;
  private int serial;
  private int epoch;
  private long start;
  private boolean begun;

  /**
   * Windows of all threads of a split.
   *
   * @param window their length in units of the clock
   * @param sink takes windows that are finished; may be null
   */
  TumblingWindows(long window, Sink sink) {
    this.window = window;
    this.sink = sink;
  }

  /** Adds the next latency of a thread; {@code epoch} counts how often time has stepped back. */
  void add(Current current, long entryTime, long latency, boolean idle, int epoch) {
    if (!begun || entryTime < start || entryTime - start >= window || epoch != this.epoch) {
      closeAll();
      begun = true;
      start = Math.floorDiv(entryTime, window) * window;
      this.epoch = epoch;
      serial++;
    }
    if (current.serial != serial) {
      begin(current);
    }
    current.latencies++;
    current.sum += latency;
    if (latency > current.max) {
      current.max = latency;
    }
    if (!idle) {
      current.busyLatencies++;
      current.busySum += latency;
      if (latency > current.busyMax) {
        current.busyMax = latency;
      }
    }
  }

  /** Closes the last windows of the split, with what later splits add to them. */
  void finish() {
    for (int i = 0; i < openCount; i++) {
      if (open[i].addedLater != null && open[i].addedLater.start() == open[i].start) {
        open[i].add(open[i].addedLater);
      }
    }
    closeAll();
  }

  private void begin(Current current) {
    current.serial = serial;
    current.start = start;
    current.latencies = 0;
    current.sum = 0;
    current.max = 0;
    current.busyLatencies = 0;
    current.busySum = 0;
    current.busyMax = 0;
    current.epoch = epoch;
    if (current.closed == 0) {
      current.firstEpoch = epoch;
    }
    current.written =
        current.closed == 0
            && epoch == 0
            && current.ownedBefore != null
            && current.ownedBefore == start;
    if (openCount == open.length) {
      open = Arrays.copyOf(open, 2 * openCount);
    }
    open[openCount++] = current;
  }

  private void closeAll() {
    for (int i = 0; i < openCount; i++) {
      close(open[i]);
    }
    openCount = 0;
  }

  private void close(Current current) {
    if (current.closed++ == 0) {
      current.first = current.tumble();
    }
    if (current.sum > current.best) {
      current.best = current.sum;
      current.bestStart = current.start;
    }
    if (current.busyLatencies > 0 && current.busySum > current.busyBest) {
      current.busyBest = current.busySum;
      current.busyBestStart = current.start;
    }
    if (sink != null && !current.written) {
      sink.closed(current);
    }
  }
}
