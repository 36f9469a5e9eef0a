package org.vmtrace.latency;

import java.util.Arrays;

/**
 * Finished tumbling windows of one stream as primitive columns. Filled and filled again; grows with
 * need. Not thread-safe.
 */
public final class WindowBatch {
  private int[] pids = new int[64];
  private long[] starts = new long[64];
  private long[] latencies = new long[64];
  private long[] sums = new long[64];
  private long[] maxima = new long[64];
  private long[] busyLatencies = new long[64];
  private long[] busySums = new long[64];
  private long[] busyMaxima = new long[64];
  private int size;

  /** Number of windows. */
  public int size() {
    return size;
  }

  /** The thread's {@code common_pid}. */
  public int thread(int row) {
    return pids[row];
  }

  /** The window's first instant, in units of the clock. */
  public long start(int row) {
    return starts[row];
  }

  /** Latencies whose entries lie in the window. */
  public long latencies(int row) {
    return latencies[row];
  }

  /** Their sum. */
  public long cumulative(int row) {
    return sums[row];
  }

  /** The longest of them. */
  public long max(int row) {
    return maxima[row];
  }

  /** Those that are not idle. */
  public long busyLatencies(int row) {
    return busyLatencies[row];
  }

  /** The sum of those that are not idle. */
  public long busyCumulative(int row) {
    return busySums[row];
  }

  /** The longest of those that are not idle, 0 where there is none. */
  public long busyMax(int row) {
    return busyMaxima[row];
  }

  void clear() {
    size = 0;
  }

  void add(TumblingWindows.Current window) {
    if (size == pids.length) {
      grow(2 * size);
    }
    pids[size] = window.pid;
    starts[size] = window.start;
    latencies[size] = window.latencies;
    sums[size] = window.sum;
    maxima[size] = window.max;
    busyLatencies[size] = window.busyLatencies;
    busySums[size] = window.busySum;
    busyMaxima[size] = window.busyMax;
    size++;
  }

  private void grow(int capacity) {
    pids = Arrays.copyOf(pids, capacity);
    starts = Arrays.copyOf(starts, capacity);
    latencies = Arrays.copyOf(latencies, capacity);
    sums = Arrays.copyOf(sums, capacity);
    maxima = Arrays.copyOf(maxima, capacity);
    busyLatencies = Arrays.copyOf(busyLatencies, capacity);
    busySums = Arrays.copyOf(busySums, capacity);
    busyMaxima = Arrays.copyOf(busyMaxima, capacity);
  }
}
