package org.vmtrace.spark.source;

import org.apache.spark.sql.connector.read.InputPartition;
import org.vmtrace.spark.rows.RowTask;

/**
 * What one task reads.
 *
 * @param task it
 */
record TracePartition(RowTask task) implements InputPartition {
  @Override
  public String[] preferredLocations() {
    return task.hosts().toArray(new String[0]);
  }
}
