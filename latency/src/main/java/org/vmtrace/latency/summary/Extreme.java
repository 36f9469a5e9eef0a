package org.vmtrace.latency.summary;

import java.io.Serializable;
import java.util.Comparator;
import org.vmtrace.latency.window.Peak;

/**
 * A maximum with its place.
 *
 * @param value in units of the clock
 * @param at the entry at which it was reached; of a tumbling window its start
 * @param thread the thread's {@code common_pid}
 * @param recording the recording's name
 * @param cpu the CPU of the entry of a single latency; -1 for the sum of a window
 * @param reason the exit's reason of a single latency; empty for the sum of a window
 */
public record Extreme(long value, long at, int thread, String recording, int cpu, String reason)
    implements Serializable {
  private static final Comparator<Extreme> LARGEST_FIRST =
      Comparator.comparingLong(Extreme::value)
          .reversed()
          .thenComparingLong(Extreme::at)
          .thenComparingInt(Extreme::thread)
          .thenComparing(Extreme::recording);

  private static final int NO_CPU = -1;

  static Extreme of(Peak peak, int thread, String recording) {
    return peak == null
        ? null
        : new Extreme(peak.value(), peak.time(), thread, recording, NO_CPU, "");
  }

  /**
   * The larger one; of equal ones the earlier, then the smaller thread; null stands for nothing at
   * all.
   */
  static Extreme larger(Extreme a, Extreme b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return LARGEST_FIRST.compare(a, b) <= 0 ? a : b;
  }
}
