package org.vmtrace.spark.source;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.vmtrace.event.Printable;

/**
 * A table that a catalog keeps ({@code CREATE TABLE}). Its traces are looked for when a query reads
 * it: it can be described and dropped also when they are gone or its options make no sense.
 */
final class CatalogTable implements SupportsRead {
  private final StructType schema;
  private final Map<String, String> properties;
  private TraceTable found;

  /**
   * A table that nothing has read yet.
   *
   * @param properties what the catalog knows of it
   */
  CatalogTable(StructType schema, Map<String, String> properties) {
    this.schema = schema;
    this.properties = Map.copyOf(properties);
  }

  @Override
  public String name() {
    return "vm-trace";
  }

  /** As {@link TraceTable#schema}. */
  @Override
  @SuppressWarnings("deprecation")
  public StructType schema() {
    return schema;
  }

  /**
   * What {@code SHOW CREATE TABLE} and {@code DESCRIBE} tell. Spark does not say whether a table is
   * external, but only such a table has its location among the properties.
   */
  @Override
  public Map<String, String> properties() {
    Map<String, String> told = new HashMap<>(properties);
    if (told.containsKey(TableCatalog.PROP_LOCATION)) {
      told.put(TableCatalog.PROP_EXTERNAL, "true");
    }
    return told;
  }

  @Override
  public Set<TableCapability> capabilities() {
    return EnumSet.of(TableCapability.BATCH_READ);
  }

  /**
   * As {@link TraceTable#newScanBuilder}.
   *
   * @param options those of the query: there must be none
   */
  @Override
  public synchronized ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
    if (!options.isEmpty()) {
      throw new IllegalArgumentException(
          "a table of a catalog is read with the options that it was made with, not with "
              + Printable.text(String.join(", ", options.keySet())));
    }
    if (found == null) {
      found = TraceTable.find(SourceOptions.of(properties));
    }
    return found.newScanBuilder(options);
  }

  /** Every query has its own object; the cache of Spark finds what it keeps by equality. */
  @Override
  public boolean equals(Object other) {
    return other instanceof CatalogTable table
        && schema.equals(table.schema)
        && properties.equals(table.properties);
  }

  @Override
  public int hashCode() {
    return properties.hashCode();
  }
}
