package org.vmtrace.spark.source;

import org.vmtrace.latency.window.WindowBatch;
import org.vmtrace.spark.plan.SplitFacts;
import org.vmtrace.spark.rows.TableBatch;

/** The table {@code windows}: the columns of the job's Parquet. */
final class WindowColumns extends TableColumns {
  private final long window;
  private WindowBatch rows;

  /**
   * The columns.
   *
   * @param window length of the windows
   */
  WindowColumns(long window) {
    this.window = window;
    ints("thread", row -> rows.thread(row));
    texts("comm", row -> names().comm(rows.thread(row)));
    longs("window_start_ns", row -> rows.window(row).start());
    longs("latencies", row -> rows.window(row).latencies());
    longs("cumulative_ns", row -> rows.window(row).sum());
    longs("max_ns", row -> rows.window(row).max());
    longs("busy_latencies", row -> rows.window(row).busyLatencies());
    longs("busy_cumulative_ns", row -> rows.window(row).busySum());
    longs("busy_max_ns", row -> rows.window(row).busyMax());
  }

  @Override
  int point(TableBatch batch) {
    rows = batch.windows();
    return rows.size();
  }

  /** A window lies in the split of the entry of its first latency. */
  @Override
  PossibleValues possible(String column, SplitFacts facts) {
    return column.equals("window_start_ns")
        ? PossibleValues.range(startOf(facts.earliest()), facts.latest())
        : named(column, facts);
  }

  /** The least start of a window that holds the time. */
  private long startOf(long time) {
    return time < Long.MIN_VALUE + window ? Long.MIN_VALUE : time - window + 1;
  }
}
