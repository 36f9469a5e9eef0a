package org.vmtrace.latency.summary;

import java.io.Serializable;
import org.vmtrace.latency.Sums;
import org.vmtrace.latency.tally.LatencyCounts;
import org.vmtrace.latency.tally.ReasonTally;

/** Sums latencies up to {@link Statistics}, in any order. */
final class LatencyTotals implements Serializable {
  private static final long serialVersionUID = 1;

  private final LatencyCounts counts = new LatencyCounts();
  private long latencies;
  private long sum;
  private long min = Long.MAX_VALUE;
  private Extreme max;
  private Extreme sliding;
  private Extreme tumbling;

  /** Adds the latencies of one reason of one thread. */
  void add(ReasonTally tally) {
    latencies += tally.latencies();
    sum = Sums.plus(sum, tally.sum());
    min = Math.min(min, tally.min());
    counts.add(tally.counts());
  }

  /** Takes maxima into account, each null where there is none. */
  void extremes(Extreme longest, Extreme slidingSum, Extreme tumblingSum) {
    max = Extreme.larger(max, longest);
    sliding = Extreme.larger(sliding, slidingSum);
    tumbling = Extreme.larger(tumbling, tumblingSum);
  }

  void add(LatencyTotals other) {
    latencies += other.latencies;
    sum = Sums.plus(sum, other.sum);
    min = Math.min(min, other.min);
    counts.add(other.counts);
    extremes(other.max, other.sliding, other.tumbling);
  }

  Statistics statistics(Percentiles percentiles) {
    return new Statistics(
        latencies,
        sum,
        latencies == 0 ? null : min,
        latencies == 0 ? null : roundedMean(sum, latencies),
        max,
        percentiles.of(counts, max == null ? 0 : max.value()),
        sliding,
        tumbling);
  }

  /** {@code sum / count} rounded half up, without {@code sum + count / 2}, which might overflow. */
  static long roundedMean(long sum, long count) {
    long quotient = sum / count;
    long rest = sum % count;
    return rest >= count - rest ? quotient + 1 : quotient;
  }
}
