package org.vmtrace.spark.source;

import java.util.function.ToLongFunction;
import org.apache.spark.unsafe.types.UTF8String;
import org.vmtrace.latency.Tumble;
import org.vmtrace.latency.WindowBatch;
import org.vmtrace.spark.SplitFacts;
import org.vmtrace.spark.TableBatch;

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
    add(
        "thread",
        new Ints() {
          @Override
          public int getInt(int row) {
            return rows.thread(row);
          }
        });
    add(
        "comm",
        new Text() {
          @Override
          public UTF8String getUTF8String(int row) {
            return names().comm(rows.thread(row));
          }
        });
    add("window_start_ns", Tumble::start);
    add("latencies", Tumble::latencies);
    add("cumulative_ns", Tumble::sum);
    add("max_ns", Tumble::max);
    add("busy_latencies", Tumble::busyLatencies);
    add("busy_cumulative_ns", Tumble::busySum);
    add("busy_max_ns", Tumble::busyMax);
  }

  private void add(String name, ToLongFunction<Tumble> value) {
    add(
        name,
        new Longs() {
          @Override
          public long getLong(int row) {
            return value.applyAsLong(rows.window(row));
          }
        });
  }

  @Override
  int point(TableBatch batch) {
    rows = batch.windows();
    return rows.size();
  }

  /** A window lies in the split of the entry of its first latency. */
  @Override
  Possible possible(String column, SplitFacts facts) {
    return column.equals("window_start_ns")
        ? Possible.range(startOf(facts.earliest()), facts.latest())
        : named(column, facts);
  }

  /** The least start of a window that holds the time. */
  private long startOf(long time) {
    return time < Long.MIN_VALUE + window ? Long.MIN_VALUE : time - window + 1;
  }
}
