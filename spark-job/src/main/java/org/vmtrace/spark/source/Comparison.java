package org.vmtrace.spark.source;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.LongPredicate;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A column compared with constants.
 *
 * @param column the column's name
 * @param op how
 * @param values the constants, which are sorted: one for comparisons of order, none for those with
 *     null
 */
record Comparison(String column, Op op, List<Object> values) implements RowFilter {
  /** Up to so many numbers are looked through quicker than they are searched. */
  private static final int FEW = 16;

  /** Ways to compare, in pairs of which one holds where the other does not. */
  enum Op {
    IN,
    NOT_IN,
    LESS,
    NOT_LESS,
    GREATER,
    NOT_GREATER,
    NULL,
    NOT_NULL;

    Op negated() {
      return switch (this) {
        case IN -> NOT_IN;
        case NOT_IN -> IN;
        case LESS -> NOT_LESS;
        case NOT_LESS -> LESS;
        case GREATER -> NOT_GREATER;
        case NOT_GREATER -> GREATER;
        case NULL -> NOT_NULL;
        case NOT_NULL -> NULL;
      };
    }
  }

  Comparison {
    values = values.stream().sorted().toList();
  }

  @Override
  public IntPredicate on(TableColumns columns) {
    TableVector vector = columns.vector(column);
    if (op == Op.NULL) {
      return vector::isNullAt;
    }
    IntPredicate test = op == Op.NOT_NULL ? row -> true : valueTest(vector);
    return vector.hasNull() ? row -> !vector.isNullAt(row) && test.test(row) : test;
  }

  private IntPredicate valueTest(TableVector vector) {
    DataType type = vector.dataType();
    if (type.equals(DataTypes.LongType)) {
      LongPredicate test = numberTest();
      return row -> test.test(vector.getLong(row));
    }
    if (type.equals(DataTypes.IntegerType)) {
      LongPredicate test = numberTest();
      return row -> test.test(vector.getInt(row));
    }
    boolean wanted = op == Op.IN;
    if (type.equals(DataTypes.BooleanType)) {
      return row -> values.contains(vector.getBoolean(row)) == wanted;
    }
    Set<UTF8String> texts = new HashSet<>();
    values.forEach(value -> texts.add(UTF8String.fromString((String) value)));
    return row -> texts.contains(vector.getUTF8String(row)) == wanted;
  }

  private LongPredicate numberTest() {
    long[] numbers = values.stream().mapToLong(value -> (Long) value).toArray();
    long number = numbers[0];
    return switch (op) {
      case LESS -> value -> value < number;
      case NOT_LESS -> value -> value >= number;
      case GREATER -> value -> value > number;
      case NOT_GREATER -> value -> value <= number;
      case IN -> value -> contains(numbers, value);
      case NOT_IN -> value -> !contains(numbers, value);
      case NULL, NOT_NULL -> throw new IllegalStateException(op.name());
    };
  }

  private static boolean contains(long[] numbers, long value) {
    if (numbers.length > FEW) {
      return Arrays.binarySearch(numbers, value) >= 0;
    }
    for (long number : numbers) {
      if (number == value) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean canHold(Function<String, PossibleValues> columns) {
    if (op == Op.NULL || op == Op.NOT_NULL) {
      return true;
    }
    PossibleValues possible = columns.apply(column);
    if (possible.values() != null) {
      return possible.values().stream().anyMatch(this::holdsFor);
    }
    return !(values.get(0) instanceof Long) || canHoldBetween(possible.least(), possible.most());
  }

  private boolean holdsFor(Object value) {
    return switch (op) {
      case IN -> hasValue(value);
      case NOT_IN -> !hasValue(value);
      default -> numberTest().test((Long) value);
    };
  }

  private boolean canHoldBetween(long least, long most) {
    return switch (op) {
      case IN -> hasValueBetween(least, most);
      case NOT_IN -> least <= most && !(least == most && hasValue(least));
      case LESS, NOT_GREATER -> least <= most && numberTest().test(least);
      default -> least <= most && numberTest().test(most);
    };
  }

  private boolean hasValue(Object value) {
    return search(value) >= 0;
  }

  private boolean hasValueBetween(long least, long most) {
    int place = search(least);
    int notLess = place < 0 ? -place - 1 : place;
    return notLess < values.size() && (Long) values.get(notLess) <= most;
  }

  /** As {@link Collections#binarySearch}, by the values' own order. */
  private int search(Object value) {
    return Collections.binarySearch(values, value, null);
  }
}
