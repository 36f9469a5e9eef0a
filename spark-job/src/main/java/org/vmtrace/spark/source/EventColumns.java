package org.vmtrace.spark.source;

import java.util.List;
import java.util.function.IntPredicate;
import org.apache.spark.unsafe.types.UTF8String;
import org.vmtrace.ring.EventBatch;
import org.vmtrace.spark.plan.SplitFacts;
import org.vmtrace.spark.rows.TableBatch;

/**
 * The table {@code events}: what the streams hold, row by row, and where they lack something, since
 * no exit before a loss belongs to an entry after it.
 */
final class EventColumns extends TableColumns {
  /** What {@code kind} calls the kinds of rows, by their number; pages are told of as losses. */
  private static final List<UTF8String> KINDS =
      List.of("exit", "entry", "other", "loss", "damage").stream()
          .map(UTF8String::fromString)
          .toList();

  private EventBatch rows;

  EventColumns() {
    ints("cpu", row -> rows.cpu());
    longs("time_ns", row -> rows.time(row));
    texts("kind", row -> KINDS.get(rows.kind(row)));
    ints("thread", row -> rows.thread(row), row -> !rows.isEvent(row));
    texts("comm", row -> names().comm(rows.thread(row)), row -> !rows.isEvent(row));
    ints("vcpu", row -> rows.vcpu(row), row -> rows.vcpu(row) < 0);
    texts(
        "reason",
        row -> names().reason(rows.flags(row), rows.code(row)),
        row -> rows.kind(row) != EventBatch.EXIT);
    longs("reason_code", row -> rows.code(row), row -> rows.kind(row) != EventBatch.EXIT);
    longs("event_id", row -> rows.code(row), row -> rows.kind(row) != EventBatch.OTHER);
    longs(
        "lost",
        row -> rows.code(row),
        row -> rows.kind(row) != EventBatch.PAGE || rows.code(row) == 0);
    longs("guest_ip", row -> rows.instructionPointer(row), row -> !rows.hasInstructionPointer(row));
  }

  @Override
  int point(TableBatch batch) {
    rows = batch.events();
    return rows.size();
  }

  @Override
  IntPredicate shown() {
    return row -> rows.kind(row) != EventBatch.PAGE || (rows.flags(row) & EventBatch.LOST) != 0;
  }

  @Override
  PossibleValues possible(String column, SplitFacts facts) {
    return named(column, facts);
  }
}
