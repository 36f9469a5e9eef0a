package org.vmtrace.spark.source;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.vmtrace.latency.LatencyBatch;
import org.vmtrace.spark.SplitFacts;
import org.vmtrace.spark.TableBatch;

/** The table {@code latencies}: the columns of the job's Parquet. */
final class LatencyColumns extends TableColumns {
  private LatencyBatch rows;

  LatencyColumns() {
    add(
        "cpu",
        new Ints() {
          @Override
          public int getInt(int row) {
            return rows.cpu(row);
          }
        });
    add(
        "thread",
        new Ints() {
          @Override
          public int getInt(int row) {
            return rows.thread(row);
          }
        });
    add(
        "comm",
        new Text() {
          @Override
          public UTF8String getUTF8String(int row) {
            return names().comm(rows.thread(row));
          }
        });
    add(
        "vcpu",
        new Ints(row -> rows.vcpu(row) < 0) {
          @Override
          public int getInt(int row) {
            return rows.vcpu(row);
          }
        });
    add(
        "reason",
        new Text() {
          @Override
          public UTF8String getUTF8String(int row) {
            return names().reason(rows.flags(row), rows.code(row));
          }
        });
    add(
        "reason_code",
        new Longs() {
          @Override
          public long getLong(int row) {
            return rows.code(row);
          }
        });
    add(
        "idle",
        new TableVector(DataTypes.BooleanType) {
          @Override
          public boolean getBoolean(int row) {
            return rows.idle(row);
          }
        });
    add(
        "exit_time_ns",
        new Longs() {
          @Override
          public long getLong(int row) {
            return rows.exitTime(row);
          }
        });
    add(
        "entry_time_ns",
        new Longs() {
          @Override
          public long getLong(int row) {
            return rows.entryTime(row);
          }
        });
    add(
        "latency_ns",
        new Longs() {
          @Override
          public long getLong(int row) {
            return rows.latency(row);
          }
        });
    add(
        "guest_ip",
        new Longs(row -> !names().hasInstructionPointer()) {
          @Override
          public long getLong(int row) {
            return rows.instructionPointer(row);
          }
        });
  }

  @Override
  int point(TableBatch batch) {
    rows = batch.latencies();
    return rows.size();
  }

  /** A latency lies in the split of its entry; its exit may lie before. */
  @Override
  Possible possible(String column, SplitFacts facts) {
    return switch (column) {
      case "entry_time_ns" -> Possible.range(facts.earliest(), facts.latest());
      case "exit_time_ns" -> Possible.range(facts.earliestExit(), facts.latest());
      case "latency_ns" -> Possible.range(0, Long.MAX_VALUE);
      default -> named(column, facts);
    };
  }
}
