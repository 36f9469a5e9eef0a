package org.vmtrace.latency;

/**
 * Adds up latencies, and stored counts of lost events. Sums end at {@link #MOST}: 292 years of ns,
 * which a fleet may reach, and a file with false times.
 */
public final class Sums {
  /** The largest sum: it stands for itself and all that is larger. */
  public static final long MOST = Long.MAX_VALUE;

  private Sums() {}

  /** The sum of two numbers that are not negative. */
  public static long plus(long a, long b) {
    long sum = a + b;
    return sum < 0 ? MOST : sum;
  }
}
