package org.vmtrace.latency.tally;

import org.vmtrace.latency.Sums;

/**
 * A look at latencies while they are still being counted.
 *
 * @param latencies how many there are
 * @param sum their sum
 * @param longest the longest, 0 where there is none
 * @param longestBusy the longest whose reason is not idle, 0 where there is none
 */
public record Glance(long latencies, long sum, long longest, long longestBusy) {
  /** Nothing was seen. */
  public static final Glance NOTHING = new Glance(0, 0, 0, 0);

  /** Both together. */
  public Glance plus(Glance other) {
    return new Glance(
        latencies + other.latencies,
        Sums.plus(sum, other.sum),
        Math.max(longest, other.longest),
        Math.max(longestBusy, other.longestBusy));
  }
}
