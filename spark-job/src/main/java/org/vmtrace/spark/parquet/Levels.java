package org.vmtrace.spark.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;

/** Which rows of a page are null. Not thread-safe. */
final class Levels {
  private final int[] present = new int[Column.PAGE_ROWS];
  private int rows;
  private int nulls;

  Levels() {
    Arrays.fill(present, 1);
  }

  /** A page's rows, none of which is null unless said so. */
  void setRows(int rows) {
    this.rows = rows;
  }

  void setNull(int row) {
    nulls += present[row];
    present[row] = 0;
  }

  int rows() {
    return rows;
  }

  int nulls() {
    return nulls;
  }

  boolean isNull(int row) {
    return present[row] == 0;
  }

  /** The definition levels of a column that may be null, without their length. */
  BytesInput encoded() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Runs.write(present, rows, 1, bytes);
    return BytesInput.from(bytes);
  }

  /** The next page has no nulls so far. */
  void clear() {
    if (nulls > 0) {
      Arrays.fill(present, 1);
      nulls = 0;
    }
  }
}
