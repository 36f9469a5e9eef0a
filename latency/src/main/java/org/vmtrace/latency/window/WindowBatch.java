package org.vmtrace.latency.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.vmtrace.latency.Varints;

/**
 * Finished tumbling windows of one stream as primitive columns, in the order of their first
 * latencies. Filled and filled again; grows with need. Not thread-safe.
 *
 * <p>A row is appended when its window begins and filled in when it ends; only the rows before the
 * first unfinished one are shown.
 */
public final class WindowBatch {
  private int[] pids = new int[64];
  private TumblingWindow[] windows = new TumblingWindow[64];
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
  public TumblingWindow window(int row) {
    return windows[row];
  }

  /** Appends a window that has begun; returns its number. */
  public long begin(int pid) {
    if (rows == pids.length) {
      pids = Arrays.copyOf(pids, 2 * rows);
      windows = Arrays.copyOf(windows, 2 * rows);
    }
    pids[rows] = pid;
    windows[rows] = null;
    return taken + rows++;
  }

  /** Fills in a window that has ended. */
  public void end(long number, TumblingWindow window) {
    windows[(int) (number - taken)] = window;
    while (finished < rows && windows[finished] != null) {
      finished++;
    }
  }

  /** Appends a finished window. */
  public void add(int pid, TumblingWindow window) {
    end(begin(pid), window);
  }

  /** Writes the windows: about 20 bytes for each of those that are shown. */
  public void write(DataOutput out) throws IOException {
    Varints.write(out, finished);
    long before = 0;
    for (int row = 0; row < finished; row++) {
      Varints.writeSigned(out, pids[row]);
      TumblingWindow window = windows[row];
      Varints.writeSigned(out, window.start() - before);
      Varints.write(out, window.latencies());
      Varints.write(out, window.sum());
      Varints.write(out, window.max());
      Varints.write(out, window.busyLatencies());
      Varints.write(out, window.busySum());
      Varints.write(out, window.busyMax());
      before = window.start();
    }
  }

  /** Appends the windows that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    long before = 0;
    for (long more = Varints.read(in); more > 0; more--) {
      int pid = (int) Varints.readSigned(in);
      before += Varints.readSigned(in);
      add(
          pid,
          new TumblingWindow(
              before,
              Varints.read(in),
              Varints.read(in),
              Varints.read(in),
              Varints.read(in),
              Varints.read(in),
              Varints.read(in)));
    }
  }

  /** Drops the finished windows; those that have begun stay. */
  public void clear() {
    System.arraycopy(pids, finished, pids, 0, rows - finished);
    System.arraycopy(windows, finished, windows, 0, rows - finished);
    taken += finished;
    rows -= finished;
    finished = 0;
  }
}
