package org.vmtrace.spark.output;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;
import org.vmtrace.latency.LatencyBatch;

/** The table {@code latencies}: one row per latency. */
final class LatencyTable extends Table {
  static final String FOLDER = "latencies";

  private static final MessageType SCHEMA =
      Types.buildMessage()
          .required(BINARY)
          .as(stringType())
          .named("recording")
          .required(BINARY)
          .as(stringType())
          .named("host")
          .required(INT32)
          .named("cpu")
          .required(INT32)
          .named("thread")
          .required(BINARY)
          .as(stringType())
          .named("comm")
          .optional(INT32)
          .named("vcpu")
          .required(BINARY)
          .as(stringType())
          .named("reason")
          .required(INT64)
          .named("reason_code")
          .required(BOOLEAN)
          .named("idle")
          .required(INT64)
          .named("exit_time_ns")
          .required(INT64)
          .named("entry_time_ns")
          .required(INT64)
          .named("latency_ns")
          .optional(INT64)
          .named("guest_ip")
          .named("latency");

  LatencyTable() {
    super(SCHEMA);
  }

  @Override
  String folder() {
    return FOLDER;
  }

  @Override
  String[] timeColumns() {
    return new String[] {"exit_time_ns", "entry_time_ns", "latency_ns"};
  }

  @Override
  int rows(RowBatch batch) {
    return batch.latencies.size();
  }

  @Override
  void writeColumns(RowBatch batch, int row) {
    LatencyBatch latencies = batch.latencies;
    RecordingNames<Binary> names = batch.names;
    put(names.recording);
    put(names.host);
    put(latencies.cpu(row));
    put(latencies.thread(row));
    put(names.comm(latencies.thread(row)));
    int vcpu = latencies.vcpu(row);
    if (vcpu < 0) {
      putNull();
    } else {
      put(vcpu);
    }
    put(names.reason(latencies.flags(row), latencies.code(row)));
    put(latencies.code(row));
    put(latencies.idle(row));
    put(latencies.exitTime(row));
    put(latencies.entryTime(row));
    put(latencies.latency(row));
    if (names.hasInstructionPointer) {
      put(latencies.instructionPointer(row));
    } else {
      putNull();
    }
  }
}
