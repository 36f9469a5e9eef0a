package org.vmtrace.spark.output;

import org.apache.parquet.io.api.Binary;
import org.vmtrace.latency.pair.LatencyBatch;
import org.vmtrace.latency.window.WindowBatch;

/**
 * Rows of one recording on their way to the tables. One object, pointed at one batch after the
 * other.
 */
public final class RowBatch {
  RecordingNames<Binary> names;
  LatencyBatch latencies;
  WindowBatch windows;

  /** Points at other rows. */
  public RowBatch of(RecordingNames<Binary> names, LatencyBatch latencies, WindowBatch windows) {
    this.names = names;
    this.latencies = latencies;
    this.windows = windows;
    return this;
  }
}
