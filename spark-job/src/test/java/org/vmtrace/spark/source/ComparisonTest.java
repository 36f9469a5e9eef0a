package org.vmtrace.spark.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a comparison can hold, against trying all values. */
class ComparisonTest {
  private static final long LEAST = -3;
  private static final long MOST = 3;

  /** What SQL says, spelt out. */
  private static boolean holds(Comparison.Op op, long value, List<Object> constants) {
    long constant = (Long) constants.get(0);
    return switch (op) {
      case IN -> constants.contains(value);
      case NOT_IN -> !constants.contains(value);
      case LESS -> value < constant;
      case NOT_LESS -> value >= constant;
      case GREATER -> value > constant;
      case NOT_GREATER -> value <= constant;
      case NULL -> false;
      case NOT_NULL -> true;
    };
  }

  private static boolean canHold(
      Comparison.Op op, List<Object> constants, PossibleValues possible) {
    return new Comparison("column", op, constants).canHold(column -> possible);
  }

  @ParameterizedTest
  @EnumSource(
      value = Comparison.Op.class,
      names = {"NULL", "NOT_NULL"},
      mode = EnumSource.Mode.EXCLUDE)
  void aRangeIsRuledOutWhereNoneOfItsNumbersWillDo(Comparison.Op op) {
    for (long constant = LEAST - 1; constant <= MOST + 1; constant++) {
      List<Object> constants = List.of(constant);
      for (long least = LEAST; least <= MOST; least++) {
        for (long most = least; most <= MOST; most++) {
          boolean any =
              LongStream.rangeClosed(least, most).anyMatch(value -> holds(op, value, constants));
          assertThat(canHold(op, constants, PossibleValues.range(least, most)))
              .as("%s %d in %d to %d", op, constant, least, most)
              .isEqualTo(any);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Comparison.Op.class,
      names = {"NULL", "NOT_NULL"},
      mode = EnumSource.Mode.EXCLUDE)
  void aSetIsRuledOutWhereNoneOfItsNumbersWillDo(Comparison.Op op) {
    for (long constant = LEAST; constant <= MOST; constant++) {
      List<Object> constants = List.of(constant);
      for (int first = (int) LEAST; first <= MOST; first++) {
        for (int second = (int) LEAST; second <= MOST; second++) {
          boolean any = holds(op, first, constants) || holds(op, second, constants);
          Set<Integer> values = first == second ? Set.of(first) : Set.of(first, second);
          assertThat(canHold(op, constants, PossibleValues.numbers(values))).isEqualTo(any);
        }
      }
    }
  }

  /**
   * Even numbers without 0, some of them twice, in no order: few, and more than are tried one by
   * one.
   */
  @ParameterizedTest
  @ValueSource(ints = {3, 100})
  void ofManyConstantsEachCounts(int count) {
    List<Object> constants = new ArrayList<>();
    for (long n = count; n > 0; n--) {
      constants.add(2 * n);
      constants.add(-2 * n);
      constants.add(2 * n);
    }
    for (int least = -2 * count - 3; least <= 2 * count + 3; least++) {
      for (int most = least; most <= least + 3; most++) {
        boolean any =
            LongStream.rangeClosed(least, most)
                .anyMatch(value -> value % 2 == 0 && value != 0 && Math.abs(value) <= 2L * count);
        assertThat(canHold(Comparison.Op.IN, constants, PossibleValues.range(least, most)))
            .as("%d to %d", least, most)
            .isEqualTo(any);
      }
      boolean even = least % 2 == 0 && least != 0 && Math.abs(least) <= 2 * count;
      PossibleValues one = PossibleValues.numbers(Set.of(least));
      assertThat(canHold(Comparison.Op.IN, constants, one)).isEqualTo(even);
      assertThat(canHold(Comparison.Op.NOT_IN, constants, one)).isEqualTo(!even);
    }
  }

  @Test
  void anEmptyRangeIsRuledOut() {
    PossibleValues nothing = PossibleValues.range(Long.MAX_VALUE, Long.MIN_VALUE);
    for (Comparison.Op op : List.of(Comparison.Op.IN, Comparison.Op.NOT_IN, Comparison.Op.LESS)) {
      assertThat(canHold(op, List.of(0L), nothing)).isFalse();
    }
  }

  @Test
  void textsAreRuledOutByName() {
    PossibleValues hosts = PossibleValues.texts(Set.of("a"));
    assertThat(canHold(Comparison.Op.IN, List.of("b", "c"), hosts)).isFalse();
    assertThat(canHold(Comparison.Op.IN, List.of("b", "a"), hosts)).isTrue();
    assertThat(canHold(Comparison.Op.NOT_IN, List.of("a"), hosts)).isFalse();
    assertThat(canHold(Comparison.Op.NOT_IN, List.of("b"), hosts)).isTrue();
  }

  @Test
  void whatIsNotKnownIsNotRuledOut() {
    for (Comparison.Op op : Comparison.Op.values()) {
      List<Object> constants =
          op == Comparison.Op.NULL || op == Comparison.Op.NOT_NULL ? List.of() : List.of(0L);
      assertThat(canHold(op, constants, PossibleValues.ANY)).isTrue();
    }
  }
}
