package org.vmtrace.spark.source;

import java.io.IOException;
import java.util.Locale;
import java.util.function.Predicate;
import org.apache.spark.sql.types.StructType;
import org.vmtrace.latency.split.SplitRows;
import org.vmtrace.latency.summary.RecordingInfo;
import org.vmtrace.spark.plan.SplitFacts;
import org.vmtrace.spark.rows.TableTasks;
import org.vmtrace.spark.rows.TraceTables;

/** The tables that can be read. */
enum SourceTable {
  /** One row per latency. */
  LATENCIES {
    @Override
    TableColumns columns(long window) {
      return new LatencyColumns();
    }

    @Override
    TableTasks tasks(
        TraceTables traces, Predicate<RecordingInfo> recordings, Predicate<SplitFacts> splits)
        throws IOException {
      return traces.rows(recordings, splits, SplitRows.Wanted.LATENCIES_AND_WINDOWS);
    }
  },

  /** One row per thread and tumbling window that has a latency. */
  WINDOWS {
    @Override
    TableColumns columns(long window) {
      return new WindowColumns(window);
    }

    @Override
    TableTasks tasks(
        TraceTables traces, Predicate<RecordingInfo> recordings, Predicate<SplitFacts> splits)
        throws IOException {
      return traces.rows(recordings, splits, SplitRows.Wanted.WINDOWS);
    }
  },

  /** One row per event. */
  EVENTS {
    @Override
    TableColumns columns(long window) {
      return new EventColumns();
    }

    @Override
    TableTasks tasks(
        TraceTables traces, Predicate<RecordingInfo> recordings, Predicate<SplitFacts> splits) {
      return traces.events(recordings, splits);
    }
  };

  /**
   * Its columns.
   *
   * @param window length of the windows
   */
  abstract TableColumns columns(long window);

  /**
   * The parts that tasks read.
   *
   * @param recordings the recordings that are wanted
   * @param splits the splits that are wanted
   * @throws IOException if the traces cannot be scanned
   */
  abstract TableTasks tasks(
      TraceTables traces, Predicate<RecordingInfo> recordings, Predicate<SplitFacts> splits)
      throws IOException;

  /** Names and types of its columns, which do not depend on the window. */
  StructType schema() {
    return columns(1).schema();
  }

  /** What the option {@code table} calls it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
