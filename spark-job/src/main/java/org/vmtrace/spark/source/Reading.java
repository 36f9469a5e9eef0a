package org.vmtrace.spark.source;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.types.StructType;
import org.vmtrace.latency.summary.RecordingInfo;
import org.vmtrace.spark.plan.SplitFacts;

/**
 * What is read of a table.
 *
 * @param table the table
 * @param window length of the windows
 * @param wanted the columns that are wanted
 * @param filters conditions that all rows meet
 */
record Reading(SourceTable table, long window, StructType wanted, List<RowFilter> filters)
    implements Serializable {
  Reading {
    filters = List.copyOf(filters);
  }

  TableColumns columns() {
    return table.columns(window);
  }

  /** Whether a recording can have such rows. */
  boolean wants(RecordingInfo recording) {
    return wants(SplitFacts.of(recording));
  }

  /** Whether a split can have such rows. */
  boolean wants(SplitFacts facts) {
    TableColumns columns = columns();
    return filters.stream()
        .allMatch(filter -> filter.canHold(column -> columns.possible(column, facts)));
  }
}
