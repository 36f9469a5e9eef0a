package org.vmtrace.spark.source;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * The values that a column can have in some rows.
 *
 * @param values all of them, as {@link RowFilter} writes values; null where only a range is known
 * @param least no number is less
 * @param most no number is greater
 */
record PossibleValues(Set<Object> values, long least, long most) {
  /** Nothing is known. */
  static final PossibleValues ANY = new PossibleValues(null, Long.MIN_VALUE, Long.MAX_VALUE);

  /** One of these texts. */
  static PossibleValues texts(Set<String> texts) {
    return new PossibleValues(Set.copyOf(texts), Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** One of these numbers. */
  static PossibleValues numbers(Set<Integer> numbers) {
    return new PossibleValues(
        numbers.stream().map(number -> (Object) number.longValue()).collect(Collectors.toSet()),
        Long.MIN_VALUE,
        Long.MAX_VALUE);
  }

  /** Any number from {@code least} to {@code most}. */
  static PossibleValues range(long least, long most) {
    return new PossibleValues(null, least, most);
  }
}
