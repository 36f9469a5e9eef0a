package org.vmtrace.spark.output;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;
import org.vmtrace.latency.pair.LatencyBatch;
import org.vmtrace.ring.Isa;
import org.vmtrace.spark.parquet.ColumnFile;
import org.vmtrace.spark.parquet.FlagColumn;
import org.vmtrace.spark.parquet.NumberColumn;
import org.vmtrace.spark.parquet.TextColumn;

/** The table {@code latencies}: one row per latency. */
final class LatencyTable extends Table {
  private static final String FOLDER = "latencies";

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
    super(FOLDER, SCHEMA, Set.of("exit_time_ns", "entry_time_ns", "latency_ns"));
  }

  @Override
  int rows(RowBatch batch) {
    return batch.latencies.size();
  }

  @Override
  Rows rows(ColumnFile file) {
    return new LatencyRows(file);
  }

  private static final class LatencyRows extends Rows {
    private final TextColumn recordings;
    private final TextColumn hosts;
    private final NumberColumn cpus;
    private final NumberColumn threads;
    private final TextColumn comms;
    private final NumberColumn vcpus;
    private final TextColumn reasons;
    private final NumberColumn codes;
    private final FlagColumn idle;
    private final NumberColumn exitTimes;
    private final NumberColumn entryTimes;
    private final NumberColumn latencies;
    private final NumberColumn instructionPointers;
    private final TextIds commIds;
    private final List<TextIds> reasonIds = new ArrayList<>();

    LatencyRows(ColumnFile file) {
      super(file);
      int column = 0;
      recordings = file.text(column++);
      hosts = file.text(column++);
      cpus = file.number(column++);
      threads = file.number(column++);
      comms = file.text(column++);
      vcpus = file.number(column++);
      reasons = file.text(column++);
      codes = file.number(column++);
      idle = file.flag(column++);
      exitTimes = file.number(column++);
      entryTimes = file.number(column++);
      latencies = file.number(column++);
      instructionPointers = file.number(column);
      commIds = new TextIds(comms);
      for (Isa isa : Isa.values()) {
        reasonIds.add(isa.flags(), new TextIds(reasons));
      }
    }

    @Override
    void fill(RowBatch batch, int from, int at, int rows) {
      recordings.fill(at, rows, batch.names.recording);
      hosts.fill(at, rows, batch.names.host);
      fillTimes(batch.latencies, from, at, rows);
      fillPlaces(batch.latencies, from, at, rows);
      fillComms(batch, from, at, rows);
      fillReasons(batch, from, at, rows);
      if (batch.names.hasInstructionPointer) {
        long[] values = instructionPointers.values();
        for (int i = 0; i < rows; i++) {
          values[at + i] = batch.latencies.instructionPointer(from + i);
        }
      } else {
        for (int i = 0; i < rows; i++) {
          instructionPointers.setNull(at + i);
        }
      }
    }

    private void fillTimes(LatencyBatch batch, int from, int at, int rows) {
      long[] exits = exitTimes.values();
      long[] entries = entryTimes.values();
      long[] lengths = latencies.values();
      for (int i = 0; i < rows; i++) {
        exits[at + i] = batch.exitTime(from + i);
        entries[at + i] = batch.entryTime(from + i);
        lengths[at + i] = batch.latency(from + i);
      }
    }

    private void fillPlaces(LatencyBatch batch, int from, int at, int rows) {
      long[] cpuValues = cpus.values();
      long[] threadValues = threads.values();
      long[] vcpuValues = vcpus.values();
      for (int i = 0; i < rows; i++) {
        cpuValues[at + i] = batch.cpu(from + i);
        threadValues[at + i] = batch.thread(from + i);
        int vcpu = batch.vcpu(from + i);
        vcpuValues[at + i] = vcpu;
        if (vcpu < 0) {
          vcpus.setNull(at + i);
        }
      }
    }

    private void fillComms(RowBatch batch, int from, int at, int rows) {
      RecordingNames<Binary> names = batch.names;
      commIds.use(names, pid -> names.comm((int) pid));
      int[] ids = comms.ids();
      for (int i = 0; i < rows; i++) {
        ids[at + i] = commIds.of(batch.latencies.thread(from + i));
      }
    }

    private void fillReasons(RowBatch batch, int from, int at, int rows) {
      RecordingNames<Binary> names = batch.names;
      for (Isa isa : Isa.values()) {
        reasonIds.get(isa.flags()).use(names, code -> names.reason(isa.flags(), code));
      }
      int[] ids = reasons.ids();
      long[] codeValues = codes.values();
      int[] flags = idle.flags();
      for (int i = 0; i < rows; i++) {
        long code = batch.latencies.code(from + i);
        Isa isa = Isa.ofFlags(batch.latencies.flags(from + i));
        ids[at + i] = reasonIds.get(isa.flags()).of(code);
        codeValues[at + i] = code;
        flags[at + i] = batch.latencies.idle(from + i) ? 1 : 0;
      }
    }
  }
}
