package org.vmtrace.latency.summary;

import java.io.Serializable;
import java.util.Comparator;
import org.vmtrace.latency.Latency;
import org.vmtrace.latency.window.Peak;

/**
 * A maximum with its place.
 *
 * @param value in units of the clock
 * @param at the entry at which it was reached; of a tumbling window its start
 * @param thread the thread's {@code common_pid}
 * @param recording the recording's name
 * @param latency the single latency that it is; null for the sum of a window
 * @param reason the exit's reason of a single latency; empty for the sum of a window
 */
public record Extreme(
    long value, long at, int thread, String recording, Latency latency, String reason)
    implements Serializable {
  private static final Comparator<Extreme> LARGEST_FIRST =
      Comparator.comparingLong(Extreme::value)
          .reversed()
          .thenComparingLong(Extreme::at)
          .thenComparingInt(Extreme::thread)
          .thenComparing(Extreme::latency, Comparator.nullsFirst(Latency.WORST_FIRST))
          .thenComparing(Extreme::recording);

  static Extreme of(Peak peak, int thread, String recording) {
    return peak == null
        ? null
        : new Extreme(peak.value(), peak.time(), thread, recording, null, "");
  }

  /** A single latency; {@code reason} is the name of its exit's. */
  static Extreme of(Latency latency, String recording, String reason) {
    return new Extreme(
        latency.latency(), latency.entryTime(), latency.thread(), recording, latency, reason);
  }

  /**
   * The larger one; of equal ones the earlier, then the smaller thread, and of single latencies the
   * first by {@link Latency#WORST_FIRST}: the idle threads of two CPUs have one number. Null stands
   * for nothing at all.
   */
  static Extreme larger(Extreme a, Extreme b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return LARGEST_FIRST.compare(a, b) <= 0 ? a : b;
  }
}
