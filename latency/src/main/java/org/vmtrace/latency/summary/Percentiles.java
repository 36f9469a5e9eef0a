package org.vmtrace.latency.summary;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.vmtrace.latency.tally.LatencyCounts;

/**
 * Takes percentiles of counts with HdrHistogram at three significant digits. One histogram serves
 * for all: for seconds it takes 170 KB, and a host has thousands of threads. Not thread-safe.
 */
public final class Percentiles {
  private static final List<Double> REPORTED =
      Statistics.PERCENTILE_NAMES.stream().map(Double::valueOf).toList();

  private static final int SIGNIFICANT_DIGITS = 3;

  private final Histogram histogram = new Histogram(SIGNIFICANT_DIGITS);

  /**
   * The percentiles of {@link Statistics#PERCENTILE_NAMES}, none above {@code max}; an empty list
   * where nothing was counted.
   */
  List<Long> of(LatencyCounts counts, long max) {
    histogram.reset();
    counts.toHistogram(histogram);
    List<Long> values = new ArrayList<>();
    if (histogram.getTotalCount() > 0) {
      for (double percentile : REPORTED) {
        values.add(Math.min(max, histogram.getValueAtPercentile(percentile)));
      }
    }
    return values;
  }

  /**
   * The 99th percentile of what was counted, at least one latency, and no more than {@code max}.
   */
  long p99(LatencyCounts counts, long max) {
    return of(counts, max).get(Statistics.P99);
  }
}
