package org.vmtrace.spark.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.unsafe.types.UTF8String;
import org.vmtrace.spark.output.RecordingNames;
import org.vmtrace.spark.rows.RowCursor;
import org.vmtrace.spark.rows.RowReaders;
import org.vmtrace.spark.rows.TableBatch;

/** Reads one task's rows. The batch is the same every time, its columns look at other rows. */
final class TraceReader implements PartitionReader<ColumnarBatch> {
  private final RowCursor cursor;
  private final RowReaders readers;
  private final TableColumns columns;

  /** The rows that filters leave; null where all are wanted. */
  private final Selection selection;

  private final ColumnarBatch batch;
  private RecordingNames<UTF8String> names;
  private int recording = -1;

  TraceReader(RowCursor cursor, RowReaders readers, Reading reading) {
    this.cursor = cursor;
    this.readers = readers;
    this.columns = reading.columns();
    List<IntPredicate> tests = new ArrayList<>();
    if (columns.shown() != null) {
      tests.add(columns.shown());
    }
    reading.filters().forEach(filter -> tests.add(filter.on(columns)));
    this.selection = tests.isEmpty() ? null : new Selection(tests);
    String[] wanted = reading.wanted().fieldNames();
    ColumnVector[] vectors = new ColumnVector[wanted.length];
    for (int i = 0; i < wanted.length; i++) {
      TableVector all = columns.vector(wanted[i]);
      vectors[i] = selection == null ? all : new SelectedVector(all, selection);
    }
    this.batch = new ColumnarBatch(vectors);
  }

  @Override
  public boolean next() throws IOException {
    try {
      while (cursor.hasNext()) {
        int rows = point(cursor.next());
        if (rows > 0) {
          batch.setNumRows(rows);
          return true;
        }
      }
      return false;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private int point(TableBatch rows) {
    if (rows.recording() != recording) {
      recording = rows.recording();
      names = readers.names(recording, UTF8String::fromString);
    }
    int size = columns.point(rows, names);
    return selection == null ? size : selection.select(size);
  }

  @Override
  public ColumnarBatch get() {
    return batch;
  }

  @Override
  public void close() throws IOException {
    cursor.close();
  }
}
