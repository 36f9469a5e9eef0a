package org.vmtrace.spark.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.OptionalLong;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.types.StructType;
import org.vmtrace.spark.rows.TableTasks;
import org.vmtrace.spark.rows.TraceTables;

/** One reading of a table. */
final class TraceScan implements SupportsReportStatistics, Batch {
  private final String description;
  private final TraceTables traces;
  private final Reading reading;
  private TableTasks tasks;

  TraceScan(String description, TraceTables traces, Reading reading) {
    this.description = description;
    this.traces = traces;
    this.reading = reading;
  }

  @Override
  public StructType readSchema() {
    return reading.wanted();
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public Batch toBatch() {
    return this;
  }

  /** Known without planning partitions, which would scan the traces to explain a query. */
  @Override
  public Scan.ColumnarSupportMode columnarSupportMode() {
    return Scan.ColumnarSupportMode.SUPPORTED;
  }

  /** The size of the traces: so that Spark does not take a table for endless. */
  @Override
  public Statistics estimateStatistics() {
    return new Statistics() {
      @Override
      public OptionalLong sizeInBytes() {
        return OptionalLong.of(traces.bytes());
      }

      @Override
      public OptionalLong numRows() {
        return OptionalLong.empty();
      }
    };
  }

  @Override
  public InputPartition[] planInputPartitions() {
    return tasks().tasks().stream().map(TracePartition::new).toArray(InputPartition[]::new);
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return new TraceReaderFactory(tasks().readers(), reading);
  }

  private synchronized TableTasks tasks() {
    if (tasks == null) {
      try {
        tasks = reading.table().tasks(traces, reading::wants, reading::wants);
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    }
    return tasks;
  }

  /** Spark reads once what equal readings of a query want. */
  @Override
  public boolean equals(Object other) {
    return other instanceof TraceScan scan && traces == scan.traces && reading.equals(scan.reading);
  }

  @Override
  public int hashCode() {
    return reading.hashCode();
  }
}
