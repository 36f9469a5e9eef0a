package org.vmtrace.spark.source;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.vmtrace.latency.summary.RecordingInfo;
import org.vmtrace.spark.output.RecordingNames;
import org.vmtrace.spark.plan.SplitFacts;
import org.vmtrace.spark.rows.TableBatch;

/** The columns of a table: their names and types, and how they read the rows pointed at. */
abstract class TableColumns {
  private final Map<String, TableVector> vectors = new LinkedHashMap<>();
  private StructType schema = new StructType();
  private RecordingNames<UTF8String> names;

  /** Columns that tell the recording; every table begins with them. */
  TableColumns() {
    texts("recording", row -> names.recording());
    texts("host", row -> names.host());
  }

  /** Appends a column of text without nulls. */
  final void texts(String name, IntFunction<UTF8String> value) {
    texts(name, value, null);
  }

  /**
   * Appends a column of text.
   *
   * @param nulls tells rows whose value is null; null: none is
   */
  final void texts(String name, IntFunction<UTF8String> value, IntPredicate nulls) {
    add(
        name,
        new TableVector(DataTypes.StringType, nulls) {
          @Override
          public UTF8String getUTF8String(int row) {
            return value.apply(row);
          }
        });
  }

  /** Appends a column of long numbers without nulls. */
  final void longs(String name, IntToLongFunction value) {
    longs(name, value, null);
  }

  /** Appends a column of long numbers, see {@link #texts(String, IntFunction, IntPredicate)}. */
  final void longs(String name, IntToLongFunction value, IntPredicate nulls) {
    add(
        name,
        new TableVector(DataTypes.LongType, nulls) {
          @Override
          public long getLong(int row) {
            return value.applyAsLong(row);
          }
        });
  }

  /** Appends a column of numbers without nulls. */
  final void ints(String name, IntUnaryOperator value) {
    ints(name, value, null);
  }

  /** Appends a column of numbers, see {@link #texts(String, IntFunction, IntPredicate)}. */
  final void ints(String name, IntUnaryOperator value, IntPredicate nulls) {
    add(
        name,
        new TableVector(DataTypes.IntegerType, nulls) {
          @Override
          public int getInt(int row) {
            return value.applyAsInt(row);
          }
        });
  }

  /** Appends a column of truths without nulls. */
  final void flags(String name, IntPredicate value) {
    add(
        name,
        new TableVector(DataTypes.BooleanType, null) {
          @Override
          public boolean getBoolean(int row) {
            return value.test(row);
          }
        });
  }

  private void add(String name, TableVector vector) {
    vectors.put(name, vector);
    schema = schema.add(name, vector.dataType(), vector.hasNull());
  }

  /** Names and types. */
  final StructType schema() {
    return schema;
  }

  /** A column. */
  final TableVector vector(String name) {
    return vectors.get(name);
  }

  /**
   * Points all columns at other rows.
   *
   * @return how many they are
   */
  final int point(TableBatch batch, RecordingNames<UTF8String> newNames) {
    names = newNames;
    return point(batch);
  }

  /** The same for the columns that differ from table to table. */
  abstract int point(TableBatch batch);

  /** The names of the recording whose rows are pointed at. */
  final RecordingNames<UTF8String> names() {
    return names;
  }

  /** Tells rows of the table from others among those pointed at; null: all are. */
  IntPredicate shown() {
    return null;
  }

  /** What the values of a column can be in a split of which so much is known. */
  abstract PossibleValues possible(String column, SplitFacts facts);

  /** The same for the columns that tell recording, host and thread. */
  static PossibleValues named(String column, SplitFacts facts) {
    RecordingInfo recording = facts.recording();
    return switch (column) {
      case "recording" -> PossibleValues.texts(Set.of(recording.name()));
      case "host" -> PossibleValues.texts(Set.of(recording.host()));
      case "cpu" ->
          facts.cpus() == null ? PossibleValues.ANY : PossibleValues.numbers(facts.cpus());
      case "thread" ->
          facts.threads() == null ? PossibleValues.ANY : PossibleValues.numbers(facts.threads());
      case "comm" ->
          facts.threads() == null
              ? PossibleValues.ANY
              : PossibleValues.texts(
                  facts.threads().stream().map(recording::comm).collect(Collectors.toSet()));
      default -> PossibleValues.ANY;
    };
  }
}
