package org.vmtrace.spark.parquet;

import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;

/**
 * A data page that waits for its row group to be complete.
 *
 * @param rows its rows
 * @param nulls how many of them are null
 * @param levels the definition levels; empty for a column that is never null
 * @param data the values, compressed
 * @param plainBytes bytes of the values before they were compressed
 * @param encoding how the values are stored
 * @param statistics least and greatest value
 */
record Page(
    int rows,
    int nulls,
    BytesInput levels,
    BytesInput data,
    int plainBytes,
    Encoding encoding,
    Statistics<?> statistics) {

  /** Bytes that it holds in memory. */
  long bytes() {
    return levels.size() + data.size();
  }
}
