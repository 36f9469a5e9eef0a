package org.vmtrace.spark.output;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;

/** One of the tables: its columns, and how the row that a {@link RowBatch} points at fills them. */
abstract class Table extends WriteSupport<RowBatch> {
  private final MessageType schema;
  private RecordConsumer out;

  /** The column that is filled next. */
  private int column;

  Table(MessageType schema) {
    this.schema = schema;
  }

  /** Name of the table's folder. */
  abstract String folder();

  /**
   * Columns that grow from row to row: stored as differences, a dictionary would be a second copy.
   */
  abstract String[] timeColumns();

  /** Number of rows that a batch has for this table. */
  abstract int rows(RowBatch batch);

  /** Fills all columns, in their order. */
  abstract void writeColumns(RowBatch batch, int row);

  @Override
  @SuppressWarnings("deprecation") // what replaces it is not there in every Spark
  public WriteContext init(Configuration configuration) {
    return new WriteContext(schema, Map.of());
  }

  @Override
  public void prepareForWrite(RecordConsumer recordConsumer) {
    out = recordConsumer;
  }

  @Override
  public void write(RowBatch batch) {
    out.startMessage();
    column = 0;
    writeColumns(batch, batch.row);
    out.endMessage();
  }

  final void put(Binary value) {
    String name = begin();
    out.addBinary(value);
    end(name);
  }

  final void put(int value) {
    String name = begin();
    out.addInteger(value);
    end(name);
  }

  final void put(long value) {
    String name = begin();
    out.addLong(value);
    end(name);
  }

  final void put(boolean value) {
    String name = begin();
    out.addBoolean(value);
    end(name);
  }

  final void putNull() {
    column++;
  }

  private String begin() {
    String name = schema.getFieldName(column);
    out.startField(name, column);
    return name;
  }

  private void end(String name) {
    out.endField(name, column++);
  }
}
