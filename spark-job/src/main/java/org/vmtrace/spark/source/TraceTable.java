package org.vmtrace.spark.source;

import java.util.EnumSet;
import java.util.Set;
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

  TraceTable(SourceOptions options, TraceTables traces) {
    this.options = options;
    this.traces = traces;
  }

  @Override
  public String name() {
    return "vm-trace " + options.table().label() + " of " + String.join(", ", options.paths());
  }

  /** Spark 4 would rather be told by {@code columns()}, which earlier ones do not know. */
  @Override
  @SuppressWarnings("deprecation")
  public StructType schema() {
    return options.table().columns(options.choice().window()).schema();
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
