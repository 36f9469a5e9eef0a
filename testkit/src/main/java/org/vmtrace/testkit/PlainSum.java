package org.vmtrace.testkit;

import java.math.BigInteger;
import java.util.Collection;

/** Sums of latencies, which end at 2^63 - 1 (docs/FORMAT.md). */
final class PlainSum {
  private PlainSum() {}

  static long of(Collection<Long> lengths) {
    BigInteger sum =
        lengths.stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
    return sum.min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact();
  }
}
