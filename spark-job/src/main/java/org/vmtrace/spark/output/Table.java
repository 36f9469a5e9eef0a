package org.vmtrace.spark.output;

import java.io.IOException;
import java.util.Set;
import org.apache.parquet.schema.MessageType;
import org.vmtrace.spark.parquet.ColumnFile;

/** One of the tables: its columns, and how the rows of a {@link RowBatch} fill them. */
abstract class Table {
  private final String folder;
  private final MessageType schema;
  private final Set<String> timeColumns;

  Table(String folder, MessageType schema, Set<String> timeColumns) {
    this.folder = folder;
    this.schema = schema;
    this.timeColumns = timeColumns;
  }

  /** Name of the table's folder. */
  final String folder() {
    return folder;
  }

  final MessageType schema() {
    return schema;
  }

  /**
   * Columns that grow from row to row: stored as differences, a dictionary would be a second copy.
   */
  final Set<String> timeColumns() {
    return timeColumns;
  }

  /** Number of rows that a batch has for this table. */
  abstract int rows(RowBatch batch);

  /** The rows of this table in a file. */
  abstract Rows rows(ColumnFile file);

  /** Fills the columns of one file. Not thread-safe. */
  abstract static class Rows {
    private final ColumnFile file;

    Rows(ColumnFile file) {
      this.file = file;
    }

    /** Appends rows of a batch. */
    final void append(RowBatch batch, int rows) throws IOException {
      for (int from = 0; from < rows; ) {
        int some = Math.min(rows - from, file.room());
        fill(batch, from, file.at(), some);
        file.advance(some);
        from += some;
      }
    }

    /**
     * Fills all columns.
     *
     * @param from the first of the batch's rows to be taken
     * @param at where it goes in the page
     */
    abstract void fill(RowBatch batch, int from, int at, int rows);
  }
}
