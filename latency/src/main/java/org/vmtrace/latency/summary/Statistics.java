package org.vmtrace.latency.summary;

import java.io.Serializable;
import java.util.List;

/**
 * The numbers of some latencies, in units of the clock. Where there are no latencies, {@code min},
 * {@code mean} and the maxima are null and the percentiles empty.
 *
 * @param latencies how many
 * @param sum their sum
 * @param min the shortest
 * @param mean the mean, rounded half up
 * @param max the longest
 * @param percentiles 50, 90, 99, 99.9 and 99.99: HdrHistogram's highest equivalent value at three
 *     digits, at most the longest
 * @param maxWithinWindow the largest sum of a thread over (t - window, t] for any t
 * @param maxTumblingWindow the largest sum of a thread over a window of the clock
 */
public record Statistics(
    long latencies,
    long sum,
    Long min,
    Long mean,
    Extreme max,
    List<Long> percentiles,
    Extreme maxWithinWindow,
    Extreme maxTumblingWindow)
    implements Serializable {
  /** The percentiles' names, in the order of {@link #percentiles()}. */
  public static final List<String> PERCENTILE_NAMES = List.of("50", "90", "99", "99.9", "99.99");

  static final int P99 = PERCENTILE_NAMES.indexOf("99");

  /** The 99th percentile, null where there are no latencies. */
  public Long p99() {
    return percentiles.isEmpty() ? null : percentiles.get(P99);
  }
}
