package org.vmtrace.spark.rows;

import org.vmtrace.latency.pair.LatencyBatch;
import org.vmtrace.latency.window.WindowBatch;
import org.vmtrace.ring.EventBatch;

/**
 * Rows of one recording on their way to their tables: of latencies and windows, or of events. One
 * object, pointed at one batch after the other.
 */
public final class TableBatch {
  private int recording;
  private LatencyBatch latencies;
  private WindowBatch windows;
  private EventBatch events;

  /** The recording's number in the plan. */
  public int recording() {
    return recording;
  }

  /** Latencies; null where events are read. */
  public LatencyBatch latencies() {
    return latencies;
  }

  /** Windows; null where events are read. */
  public WindowBatch windows() {
    return windows;
  }

  /** Events; null where latencies and windows are read. */
  public EventBatch events() {
    return events;
  }

  /** Points it at latencies and windows of a recording. */
  public TableBatch of(int newRecording, LatencyBatch newLatencies, WindowBatch newWindows) {
    recording = newRecording;
    latencies = newLatencies;
    windows = newWindows;
    return this;
  }

  /** Points it at events of a recording. */
  public TableBatch of(int newRecording, EventBatch newEvents) {
    recording = newRecording;
    events = newEvents;
    return this;
  }
}
