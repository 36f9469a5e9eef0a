package org.vmtrace.spark.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;

/** Which rows of a page are null; costs nothing where none is. Not thread-safe. */
final class Levels {
  /** 0 for a null, else 1; made when the first null comes. */
  private int[] present;

  private int rows;
  private int nulls;

  /** How many rows the page has. */
  void setRows(int rows) {
    this.rows = rows;
  }

  void setNull(int row) {
    if (present == null) {
      present = new int[Column.PAGE_ROWS];
      Arrays.fill(present, 1);
    }
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
    return nulls > 0 && present[row] == 0;
  }

  /** The definition levels of a column that may be null, without their length. */
  BytesInput encoded() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (nulls == 0) {
      Runs.writeRun(1, rows, 1, bytes);
    } else {
      Runs.write(present, rows, 1, bytes);
    }
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
