package org.vmtrace.spark.rows;

import org.vmtrace.latency.Latency;
import org.vmtrace.latency.moved.MovedThread;
import org.vmtrace.latency.pair.LatencyBatch;
import org.vmtrace.latency.window.TumblingWindow;
import org.vmtrace.latency.window.WindowBatch;

/** Gathers the rows of threads that moved until they are taken. Not thread-safe. */
public final class MovedRows implements MovedThread.Rows {
  private static final int ROWS = 4096;

  private final LatencyBatch latencies = new LatencyBatch(ROWS);
  private final WindowBatch windows = new WindowBatch();

  @Override
  public void latency(Latency latency, boolean idle) {
    latencies.add(latency, idle);
  }

  @Override
  public void window(int pid, TumblingWindow window) {
    windows.add(pid, window);
  }

  /** The latencies gathered. */
  public LatencyBatch latencies() {
    return latencies;
  }

  /** The windows gathered. */
  public WindowBatch windows() {
    return windows;
  }

  /** Whether there is no room for another latency. */
  public boolean isFull() {
    return latencies.size() == latencies.capacity();
  }

  boolean isEmpty() {
    return latencies.size() == 0 && windows.size() == 0;
  }

  /** Forgets the rows: they were taken. */
  public void clear() {
    latencies.clear();
    windows.clear();
  }
}
