package org.vmtrace.spark.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.vmtrace.spark.rows.TraceTables;

/** A table of the traces that were found when the DataFrame was made. */
final class TraceTable implements SupportsRead {
  private final SourceOptions options;
  private final TraceTables traces;

  private TraceTable(SourceOptions options, TraceTables traces) {
    this.options = options;
    this.traces = traces;
  }

  /**
   * Finds the traces and reads their headers.
   *
   * @throws UncheckedIOException if there are none, or one cannot be read; one line
   */
  static TraceTable find(SourceOptions options) {
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(SparkSession.active().sparkContext());
    try {
      return new TraceTable(
          options,
          TraceTables.find(
              context,
              options.paths(),
              options.splitBytes(),
              options.reading(),
              options.choice(),
              options.badFiles()));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  @Override
  public String name() {
    return "vm-trace " + options.table().label() + " of " + String.join(", ", options.paths());
  }

  /** Spark 4 would rather be told by {@code columns()}, which earlier ones do not know. */
  @Override
  @SuppressWarnings("deprecation")
  public StructType schema() {
    return options.table().schema();
  }

  @Override
  public Set<TableCapability> capabilities() {
    return EnumSet.of(TableCapability.BATCH_READ);
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap unused) {
    return new TraceScanBuilder(name(), options.table(), options.choice().window(), traces);
  }
}
