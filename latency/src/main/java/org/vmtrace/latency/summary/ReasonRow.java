package org.vmtrace.latency.summary;

import java.io.Serializable;
import java.util.Comparator;
import org.vmtrace.ring.Isa;

/**
 * The latencies of one exit reason.
 *
 * @param reason its name
 * @param isa what the code means
 * @param code its code
 * @param idle whether the guest itself gives the CPU up
 * @param latencies how many
 * @param sum their sum in units of the clock
 * @param max the longest
 * @param p99 the 99th percentile
 */
public record ReasonRow(
    String reason, Isa isa, long code, boolean idle, long latencies, long sum, long max, long p99)
    implements Serializable {
  static final Comparator<ReasonRow> LARGEST_SUM_FIRST =
      Comparator.comparingLong(ReasonRow::sum)
          .reversed()
          .thenComparingLong(ReasonRow::code)
          .thenComparing(ReasonRow::isa);

  /** The mean, rounded half up. */
  public long mean() {
    return LatencyTotals.roundedMean(sum, latencies);
  }
}
