package org.vmtrace.spark.source;

import org.vmtrace.latency.pair.LatencyBatch;
import org.vmtrace.spark.plan.SplitFacts;
import org.vmtrace.spark.rows.TableBatch;

/** The table {@code latencies}: the columns of the job's Parquet. */
final class LatencyColumns extends TableColumns {
  private LatencyBatch rows;

  LatencyColumns() {
    ints("cpu", row -> rows.cpu(row));
    ints("thread", row -> rows.thread(row));
    texts("comm", row -> names().comm(rows.thread(row)));
    ints("vcpu", row -> rows.vcpu(row), row -> rows.vcpu(row) < 0);
    texts("reason", row -> names().reason(rows.flags(row), rows.code(row)));
    longs("reason_code", row -> rows.code(row));
    flags("idle", row -> rows.idle(row));
    longs("exit_time_ns", row -> rows.exitTime(row));
    longs("entry_time_ns", row -> rows.entryTime(row));
    longs("latency_ns", row -> rows.latency(row));
    longs("guest_ip", row -> rows.instructionPointer(row), row -> !names().hasInstructionPointer());
  }

  @Override
  int point(TableBatch batch) {
    rows = batch.latencies();
    return rows.size();
  }

  /** A latency lies in the split of its entry; its exit may lie before. */
  @Override
  PossibleValues possible(String column, SplitFacts facts) {
    return switch (column) {
      case "entry_time_ns" -> PossibleValues.range(facts.earliest(), facts.latest());
      case "exit_time_ns" -> PossibleValues.range(facts.earliestExit(), facts.latest());
      case "latency_ns" -> PossibleValues.range(0, Long.MAX_VALUE);
      default -> named(column, facts);
    };
  }
}
