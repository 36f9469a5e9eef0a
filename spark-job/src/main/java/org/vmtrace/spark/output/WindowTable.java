package org.vmtrace.spark.output;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.util.Set;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;
import org.vmtrace.latency.window.TumblingWindow;
import org.vmtrace.spark.parquet.ColumnFile;
import org.vmtrace.spark.parquet.NumberColumn;
import org.vmtrace.spark.parquet.TextColumn;

/** The table {@code windows}: one row per thread and tumbling window that has a latency. */
final class WindowTable extends Table {
  private static final String FOLDER = "windows";

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
    super(FOLDER, SCHEMA, Set.of("window_start_ns"));
  }

  @Override
  int rows(RowBatch batch) {
    return batch.windows.size();
  }

  @Override
  Rows rows(ColumnFile file) {
    return new WindowRows(file);
  }

  private static final class WindowRows extends Rows {
    private static final int FIRST_OF_WINDOW = 4;

    private final TextColumn recordings;
    private final TextColumn hosts;
    private final NumberColumn threads;
    private final TextColumn comms;
    private final TextIds commIds;

    /** The columns that a {@link TumblingWindow} fills, in the order of its components. */
    private final NumberColumn[] ofWindow = new NumberColumn[7];

    WindowRows(ColumnFile file) {
      super(file);
      recordings = file.text(0);
      hosts = file.text(1);
      threads = file.number(2);
      comms = file.text(3);
      commIds = new TextIds(comms);
      for (int i = 0; i < ofWindow.length; i++) {
        ofWindow[i] = file.number(FIRST_OF_WINDOW + i);
      }
    }

    @Override
    void fill(RowBatch batch, int from, int at, int rows) {
      recordings.fill(at, rows, batch.names.recording);
      hosts.fill(at, rows, batch.names.host);
      RecordingNames<Binary> names = batch.names;
      commIds.use(names, pid -> names.comm((int) pid));
      for (int i = 0; i < rows; i++) {
        int thread = batch.windows.thread(from + i);
        threads.values()[at + i] = thread;
        comms.ids()[at + i] = commIds.of(thread);
        fill(batch.windows.window(from + i), at + i);
      }
    }

    private void fill(TumblingWindow window, int at) {
      ofWindow[0].values()[at] = window.start();
      ofWindow[1].values()[at] = window.latencies();
      ofWindow[2].values()[at] = window.sum();
      ofWindow[3].values()[at] = window.max();
      ofWindow[4].values()[at] = window.busyLatencies();
      ofWindow[5].values()[at] = window.busySum();
      ofWindow[6].values()[at] = window.busyMax();
    }
  }
}
