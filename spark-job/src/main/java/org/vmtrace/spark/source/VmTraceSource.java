package org.vmtrace.spark.source;

import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

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

  /** A catalog's table without sense has no columns: it could not be dropped otherwise. */
  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    try {
      return SourceOptions.table(options).schema();
    } catch (IllegalArgumentException e) {
      if (SourceOptions.isOfCatalog(options)) {
        return new StructType();
      }
      throw e;
    }
  }

  /**
   * Finds the traces and reads their headers; for a table of a catalog when it is first read.
   *
   * @throws UncheckedIOException if there are none, or one cannot be read; one line
   */
  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    return SourceOptions.isOfCatalog(properties)
        ? new CatalogTable(schema, properties)
        : TraceTable.find(SourceOptions.of(properties));
  }
}
