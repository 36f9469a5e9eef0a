package org.vmtrace.latency.moved;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Answers whether a gap overlaps the time from an exit to an entry, for entries that come in the
 * total order. Gaps may be added as they become known, each before any entry after its beginning is
 * asked about. For all moved threads of a recording together, or for one alone. Not thread-safe.
 */
public final class Gaps {
  private final PriorityQueue<Gap> ahead = new PriorityQueue<>(Comparator.comparing(Gap::from));

  /** The latest end of the gaps that begin before the last entry asked about. */
  private Place latestEnd;

  /** Adds a gap. */
  public void add(Gap gap) {
    ahead.add(gap);
  }

  /** Whether a gap begins before {@code entry} and ends after {@code exit}. */
  public boolean overlap(Place exit, Place entry) {
    while (!ahead.isEmpty() && ahead.peek().from().compareTo(entry) < 0) {
      Place end = ahead.poll().to();
      latestEnd = latestEnd == null || end.compareTo(latestEnd) > 0 ? end : latestEnd;
    }
    return latestEnd != null && exit.compareTo(latestEnd) < 0;
  }
}
