package org.vmtrace.spark.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.vmtrace.spark.rows.TraceTables;

/**
 * The data source {@code vm-trace}: {@code spark.read().format("vm-trace").load(path)} gives the
 * latencies of traces as a DataFrame, with the same rows as the job's Parquet. The option {@code
 * table} chooses {@code windows} or {@code events} instead; the others are the job's.
 */
public final class VmTraceSource implements TableProvider, DataSourceRegister {
  /** For Spark. */
  public VmTraceSource() {}

  @Override
  public String shortName() {
    return "vm-trace";
  }

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    SourceOptions chosen = SourceOptions.of(options);
    return chosen.table().columns(chosen.choice().window()).schema();
  }

  /**
   * Finds the traces and reads their headers.
   *
   * @throws UncheckedIOException if there are none, or one cannot be read; one line
   */
  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    SourceOptions options = SourceOptions.of(properties);
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
}
