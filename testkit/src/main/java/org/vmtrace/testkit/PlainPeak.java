package org.vmtrace.testkit;

import java.util.Comparator;

/**
 * A largest sum of latencies, when and whose.
 *
 * @param atNs for a sliding window the end of it, an entry's time; for a tumbling window its start
 */
public record PlainPeak(long valueNs, long atNs, PlainThread thread) {
  /** The largest first; of equal ones the earlier, then the smaller thread, then the recording. */
  static final Comparator<PlainPeak> LARGEST_FIRST =
      Comparator.comparingLong(PlainPeak::valueNs)
          .reversed()
          .thenComparing(PlainPeak::atNs)
          .thenComparing(peak -> peak.thread().pid())
          .thenComparing(peak -> peak.thread().idleCpu())
          .thenComparing(peak -> peak.thread().recording());
}
