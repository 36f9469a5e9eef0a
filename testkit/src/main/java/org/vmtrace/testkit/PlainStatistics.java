package org.vmtrace.testkit;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The numbers of a set of latencies. What there is none of is null.
 *
 * @param meanNs rounded half up
 * @param max the longest latency
 * @param percentilesNs by name: "50", "90", "99", "99.9", "99.99"
 * @param maxWithinWindow the largest sliding sum
 * @param maxTumblingWindow the largest sum of a tumbling window
 */
public record PlainStatistics(
    long latencies,
    long sumNs,
    Long minNs,
    PlainLatency max,
    Long meanNs,
    Map<String, Long> percentilesNs,
    PlainPeak maxWithinWindow,
    PlainPeak maxTumblingWindow) {
  /** The percentiles of the summary, in ten-thousandths. */
  private static final Map<String, Integer> PERCENTILES =
      new TreeMap<>(
          Map.of("50", 500_000, "90", 900_000, "99", 990_000, "99.9", 999_000, "99.99", 999_900));

  static PlainStatistics of(
      Collection<PlainLatency> latencies,
      Collection<PlainPeak> sliding,
      Collection<PlainPeak> tumbling) {
    if (latencies.isEmpty()) {
      return new PlainStatistics(0, 0, null, null, null, Map.of(), null, null);
    }
    List<Long> sorted = latencies.stream().map(PlainLatency::latencyNs).sorted().toList();
    long count = sorted.size();
    long sum = PlainSum.of(sorted);
    Map<String, Long> percentiles = new TreeMap<>();
    PERCENTILES.forEach(
        (name, millionths) -> percentiles.put(name, percentile(sorted, millionths)));
    return new PlainStatistics(
        count,
        sum,
        sorted.get(0),
        latencies.stream().min(PlainLatency.WORST_FIRST).orElseThrow(),
        mean(sum, count),
        percentiles,
        sliding.stream().min(PlainPeak.LARGEST_FIRST).orElse(null),
        tumbling.stream().min(PlainPeak.LARGEST_FIRST).orElse(null));
  }

  private static long mean(long sum, long count) {
    return new BigDecimal(sum).divide(new BigDecimal(count), 0, RoundingMode.HALF_UP).longValue();
  }

  /**
   * The value that so many of the sorted ones do not exceed, as HdrHistogram gives it at three
   * digits, but never more than the largest.
   *
   * @param millionths the percentile as a part of 1,000,000
   */
  static long percentile(List<Long> sorted, int millionths) {
    long rank = Math.max(1, ((long) sorted.size() * millionths + 999_999) / 1_000_000);
    long largest = sorted.get(sorted.size() - 1);
    return Math.min(largest, highestEquivalent(sorted.get((int) rank - 1)));
  }

  /**
   * The largest value that HdrHistogram cannot tell from this one at three significant digits: it
   * keeps 11 binary digits (2 * 10^3 lies below 2^11), so what is below the leading 11 is lost.
   */
  public static long highestEquivalent(long value) {
    int digits = 64 - Long.numberOfLeadingZeros(value);
    int lost = Math.max(0, digits - 11);
    return value | (1L << lost) - 1;
  }
}
