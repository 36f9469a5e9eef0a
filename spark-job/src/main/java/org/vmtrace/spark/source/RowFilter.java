package org.vmtrace.spark.source;

import java.io.Serializable;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntPredicate;

/**
 * A condition on rows. It holds or does not: where SQL says unknown, since a value is null, it does
 * not hold. Negations stand only in {@link Comparison.Op}, so that this is exact.
 *
 * <p>Values are Long for all numbers, Boolean, and String.
 */
sealed interface RowFilter extends Serializable permits Comparison, RowFilter.All, RowFilter.Any {
  /** The test of a row of the columns' table. */
  IntPredicate on(TableColumns columns);

  /**
   * Whether the condition can hold for a row.
   *
   * @param columns what the values of a column can be
   */
  boolean canHold(Function<String, PossibleValues> columns);

  /**
   * All of some conditions.
   *
   * @param parts the conditions
   */
  record All(List<RowFilter> parts) implements RowFilter {
    @Override
    public IntPredicate on(TableColumns columns) {
      return parts.stream().map(part -> part.on(columns)).reduce(IntPredicate::and).orElseThrow();
    }

    @Override
    public boolean canHold(Function<String, PossibleValues> columns) {
      return parts.stream().allMatch(part -> part.canHold(columns));
    }
  }

  /**
   * At least one of some conditions.
   *
   * @param parts the conditions
   */
  record Any(List<RowFilter> parts) implements RowFilter {
    @Override
    public IntPredicate on(TableColumns columns) {
      return parts.stream().map(part -> part.on(columns)).reduce(IntPredicate::or).orElseThrow();
    }

    @Override
    public boolean canHold(Function<String, PossibleValues> columns) {
      return parts.stream().anyMatch(part -> part.canHold(columns));
    }
  }
}
