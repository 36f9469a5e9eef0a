package org.vmtrace.spark.source;

import java.util.List;
import java.util.function.IntPredicate;

/** The numbers of those rows of a batch that pass some tests. Not thread-safe. */
final class Selection {
  private final IntPredicate[] tests;
  private int[] rows = new int[0];

  Selection(List<IntPredicate> tests) {
    this.tests = tests.toArray(new IntPredicate[0]);
  }

  /** Selects among the first rows of the batch; returns how many pass. */
  int select(int size) {
    if (rows.length < size) {
      rows = new int[size];
    }
    int selected = 0;
    for (int row = 0; row < size; row++) {
      if (passes(row)) {
        rows[selected++] = row;
      }
    }
    return selected;
  }

  private boolean passes(int row) {
    for (IntPredicate test : tests) {
      if (!test.test(row)) {
        return false;
      }
    }
    return true;
  }

  /** The number in the batch of the selected row with this number. */
  int row(int selected) {
    return rows[selected];
  }
}
