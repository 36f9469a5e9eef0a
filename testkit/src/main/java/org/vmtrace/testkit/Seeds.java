package org.vmtrace.testkit;

import java.util.stream.LongStream;

/**
 * The seeds of random tests, which are told on standard output so that a failure can be repeated.
 * {@code -Dvmtrace.seed=N} begins with another one than 1, {@code -Dvmtrace.seeds=M} takes more of
 * them.
 */
public final class Seeds {
  private Seeds() {}

  /** The first seed. */
  public static long first() {
    long seed = Long.getLong("vmtrace.seed", 1);
    System.out.println("vmtrace.seed=" + seed);
    return seed;
  }

  /** The seeds from the first on: so many, unless told otherwise. */
  public static LongStream some(int usual) {
    long first = first();
    return LongStream.range(first, first + Long.getLong("vmtrace.seeds", usual));
  }
}
