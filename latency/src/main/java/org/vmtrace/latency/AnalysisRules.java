package org.vmtrace.latency;

import java.io.Serializable;

/**
 * What the user chose, the same for all splits of a recording.
 *
 * @param window length of the sliding and tumbling windows in units of the clock, 1 or more
 * @param worst how many of the worst latencies to list, 0 or more
 * @param traits which reasons are idle and which are excluded
 */
public record AnalysisRules(long window, int worst, ReasonTraits traits) implements Serializable {
  /** One millisecond: the window unless told otherwise. */
  public static final long DEFAULT_WINDOW = 1_000_000;

  /** Latencies listed unless told otherwise. */
  public static final int DEFAULT_WORST = 10;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the window is shorter than 1 or the list shorter than 0
   */
  public AnalysisRules {
    if (window < 1 || worst < 0) {
      throw new IllegalArgumentException("window " + window + ", worst " + worst);
    }
  }
}
