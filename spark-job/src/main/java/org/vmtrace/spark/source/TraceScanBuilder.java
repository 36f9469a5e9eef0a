package org.vmtrace.spark.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.SupportsPushDownFilters;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.types.StructType;
import org.vmtrace.spark.rows.TraceTables;

/** Takes what a query wants of a table. */
final class TraceScanBuilder implements SupportsPushDownFilters, SupportsPushDownRequiredColumns {
  private final String name;
  private final SourceTable table;
  private final long window;
  private final TraceTables traces;
  private final List<Filter> pushed = new ArrayList<>();
  private final List<RowFilter> filters = new ArrayList<>();
  private StructType wanted;

  TraceScanBuilder(String name, SourceTable table, long window, TraceTables traces) {
    this.name = name;
    this.table = table;
    this.window = window;
    this.traces = traces;
    this.wanted = table.columns(window).schema();
  }

  /** Takes the filters that can be applied exactly; returns those that Spark must apply. */
  @Override
  public Filter[] pushFilters(Filter[] all) {
    FilterReader reader = new FilterReader(table.columns(window).schema());
    List<Filter> left = new ArrayList<>();
    for (Filter filter : all) {
      Optional<RowFilter> read = reader.read(filter);
      if (read.isPresent()) {
        pushed.add(filter);
        filters.add(read.get());
      } else {
        left.add(filter);
      }
    }
    return left.toArray(new Filter[0]);
  }

  @Override
  public Filter[] pushedFilters() {
    return pushed.toArray(new Filter[0]);
  }

  @Override
  public void pruneColumns(StructType required) {
    wanted = required;
  }

  @Override
  public Scan build() {
    String description = pushed.isEmpty() ? name : name + ", filters: " + pushed;
    return new TraceScan(description, traces, new Reading(table, window, wanted, filters));
  }
}
