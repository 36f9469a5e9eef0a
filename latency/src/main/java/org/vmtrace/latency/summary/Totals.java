package org.vmtrace.latency.summary;

import java.io.Serializable;
import org.vmtrace.latency.Sums;
import org.vmtrace.latency.pair.StreamCounts;

/**
 * What a recording or a host contributes: sums and maxima, without their distribution. Times and
 * latencies are in the clock's unit; maxima are null where there is no latency.
 *
 * @param latencies how many latencies
 * @param sum their sum
 * @param max the longest
 * @param maxWithinWindow the largest sum of a thread within one window
 * @param busyLatencies how many of them are not idle
 * @param busySum the sum of those
 * @param busyMax the longest of those
 * @param busyMaxWithinWindow the largest sum of those of a thread within one window
 * @param lost the sum of the stored counts of lost events
 * @param lostPlaces pages before which events were lost, counted or not
 * @param damagedPages pages that could not be read to their end
 */
public record Totals(
    long latencies,
    long sum,
    Extreme max,
    Extreme maxWithinWindow,
    long busyLatencies,
    long busySum,
    Extreme busyMax,
    Extreme busyMaxWithinWindow,
    long lost,
    long lostPlaces,
    long damagedPages)
    implements Serializable {
  /** Nothing at all. */
  public static final Totals NONE = new Totals(0, 0, null, null, 0, 0, null, null, 0, 0, 0);

  /** What a thread contributes. */
  static Totals of(Statistics all, Statistics busy) {
    return new Totals(
        all.latencies(),
        all.sum(),
        all.max(),
        all.maxWithinWindow(),
        busy.latencies(),
        busy.sum(),
        busy.max(),
        busy.maxWithinWindow(),
        0,
        0,
        0);
  }

  /** What is counted of a stream without regard to threads. */
  static Totals of(StreamCounts counts) {
    return new Totals(
        0,
        0,
        null,
        null,
        0,
        0,
        null,
        null,
        counts.lost(),
        counts.lostPlaces(),
        counts.damagedPages());
  }

  /** The mean of the latencies that are not idle, rounded half up; null where there are none. */
  public Long busyMean() {
    return busyLatencies == 0 ? null : LatencyTotals.roundedMean(busySum, busyLatencies);
  }

  /** Both together. */
  Totals plus(Totals other) {
    return new Totals(
        latencies + other.latencies,
        Sums.plus(sum, other.sum),
        Extreme.larger(max, other.max),
        Extreme.larger(maxWithinWindow, other.maxWithinWindow),
        busyLatencies + other.busyLatencies,
        Sums.plus(busySum, other.busySum),
        Extreme.larger(busyMax, other.busyMax),
        Extreme.larger(busyMaxWithinWindow, other.busyMaxWithinWindow),
        Sums.plus(lost, other.lost),
        lostPlaces + other.lostPlaces,
        damagedPages + other.damagedPages);
  }
}
