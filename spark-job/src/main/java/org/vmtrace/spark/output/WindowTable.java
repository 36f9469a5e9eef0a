package org.vmtrace.spark.output;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;
import org.vmtrace.latency.Tumble;

/** The table {@code windows}: one row per thread and tumbling window that has a latency. */
final class WindowTable extends Table {
  static final String FOLDER = "windows";

  private static final MessageType SCHEMA =
      Types.buildMessage()
          .required(BINARY)
          .as(stringType())
          .named("recording")
          .required(BINARY)
          .as(stringType())
          .named("host")
          .required(INT32)
          .named("thread")
          .required(BINARY)
          .as(stringType())
          .named("comm")
          .required(INT64)
          .named("window_start_ns")
          .required(INT64)
          .named("latencies")
          .required(INT64)
          .named("cumulative_ns")
          .required(INT64)
          .named("max_ns")
          .required(INT64)
          .named("busy_latencies")
          .required(INT64)
          .named("busy_cumulative_ns")
          .required(INT64)
          .named("busy_max_ns")
          .named("window");

  WindowTable() {
    super(SCHEMA);
  }

  @Override
  String folder() {
    return FOLDER;
  }

  @Override
  String[] timeColumns() {
    return new String[] {"window_start_ns"};
  }

  @Override
  int rows(RowBatch batch) {
    return batch.windows.size();
  }

  @Override
  void writeColumns(RowBatch batch, int row) {
    int thread = batch.windows.thread(row);
    Tumble window = batch.windows.window(row);
    put(batch.names.recording);
    put(batch.names.host);
    put(thread);
    put(batch.names.comm(thread));
    put(window.start());
    put(window.latencies());
    put(window.sum());
    put(window.max());
    put(window.busyLatencies());
    put(window.busySum());
    put(window.busyMax());
  }
}
