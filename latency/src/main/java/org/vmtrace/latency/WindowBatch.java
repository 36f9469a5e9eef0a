package org.vmtrace.latency;

import java.util.Arrays;

/**
 * Finished tumbling windows of one stream as primitive columns, in the order of their first
 * latencies. Filled and filled again; grows with need. Not thread-safe.
 *
 * <p>A row is appended when its window begins and filled in when it ends; only the rows before the
 * first unfinished one are shown.
 */
public final class WindowBatch {
  private int[] pids = new int[64];
  private Tumble[] windows = new Tumble[64];
  private int rows;
  private int finished;

  /** Rows that were taken before: the number of the first row that is here. */
  private long taken;

  /** Number of windows. */
  public int size() {
    return finished;
  }

  /** The thread's {@code common_pid}. */
  public int thread(int row) {
    return pids[row];
  }

  /** The window's start and sums, in units of the clock. */
  public Tumble window(int row) {
    return windows[row];
  }

  /** Appends a window that has begun; returns its number. */
  long begin(int pid) {
    if (rows == pids.length) {
      pids = Arrays.copyOf(pids, 2 * rows);
      windows = Arrays.copyOf(windows, 2 * rows);
    }
    pids[rows] = pid;
    windows[rows] = null;
    return taken + rows++;
  }

  /** Fills in a window that has ended. */
  void end(long number, Tumble window) {
    windows[(int) (number - taken)] = window;
    while (finished < rows && windows[finished] != null) {
      finished++;
    }
  }

  /** Appends a finished window. */
  public void add(int pid, Tumble window) {
    end(begin(pid), window);
  }

  /** Empties a batch of finished windows. */
  public void clear() {
    dropShown();
  }

  /** Drops the rows that were shown. */
  void dropShown() {
    System.arraycopy(pids, finished, pids, 0, rows - finished);
    System.arraycopy(windows, finished, windows, 0, rows - finished);
    taken += finished;
    rows -= finished;
    finished = 0;
  }
}
