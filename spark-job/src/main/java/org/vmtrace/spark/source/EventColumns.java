package org.vmtrace.spark.source;

import java.util.List;
import java.util.function.IntPredicate;
import org.apache.spark.unsafe.types.UTF8String;
import org.vmtrace.ring.EventBatch;
import org.vmtrace.spark.SplitFacts;
import org.vmtrace.spark.TableBatch;

/**
 * The table {@code events}: what the streams hold, row by row, and where they lack something, since
 * no exit before a loss belongs to an entry behind it.
 */
final class EventColumns extends TableColumns {
  /** What {@code kind} calls the kinds of rows, by their number; pages are told of as losses. */
  private static final List<UTF8String> KINDS =
      List.of("exit", "entry", "other", "loss", "damage").stream()
          .map(UTF8String::fromString)
          .toList();

  private EventBatch rows;

  EventColumns() {
    add(
        "cpu",
        new Ints() {
          @Override
          public int getInt(int row) {
            return rows.cpu();
          }
        });
    add(
        "time_ns",
        new Longs() {
          @Override
          public long getLong(int row) {
            return rows.time(row);
          }
        });
    add(
        "kind",
        new Text() {
          @Override
          public UTF8String getUTF8String(int row) {
            return KINDS.get(rows.kind(row));
          }
        });
    add(
        "thread",
        new Ints(row -> !isEvent(row)) {
          @Override
          public int getInt(int row) {
            return rows.thread(row);
          }
        });
    add(
        "comm",
        new Text(row -> !isEvent(row)) {
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
        new Text(row -> rows.kind(row) != EventBatch.EXIT) {
          @Override
          public UTF8String getUTF8String(int row) {
            return names().reason(rows.flags(row), rows.code(row));
          }
        });
    add("reason_code", code(EventBatch.EXIT));
    add("event_id", code(EventBatch.OTHER));
    add(
        "lost",
        new Longs(row -> rows.kind(row) != EventBatch.PAGE || rows.code(row) == 0) {
          @Override
          public long getLong(int row) {
            return rows.code(row);
          }
        });
    add(
        "guest_ip",
        new Longs(row -> hasNoInstructionPointer(row)) {
          @Override
          public long getLong(int row) {
            return rows.instructionPointer(row);
          }
        });
  }

  /** The code of rows of one kind; null for others. */
  private TableVector code(byte kind) {
    return new Longs(row -> rows.kind(row) != kind) {
      @Override
      public long getLong(int row) {
        return rows.code(row);
      }
    };
  }

  /** Of entries nobody says whether they tell it: then it is 0. */
  private boolean hasNoInstructionPointer(int row) {
    return switch (rows.kind(row)) {
      case EventBatch.EXIT -> !names().hasInstructionPointer();
      case EventBatch.ENTRY -> rows.instructionPointer(row) == 0;
      default -> true;
    };
  }

  private boolean isEvent(int row) {
    return rows.kind(row) <= EventBatch.OTHER;
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
  Possible possible(String column, SplitFacts facts) {
    return named(column, facts);
  }
}
