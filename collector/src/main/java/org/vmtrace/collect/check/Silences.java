package org.vmtrace.collect.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.vmtrace.collect.check.Findings.Silence;

/**
 * The longest times without an event. A CPU that has nothing to do is silent, too, for up to some
 * seconds: whether a silence is wrong only its reader can tell. Not thread-safe.
 */
public final class Silences {
  /** From here on a silence is counted, in units of the clock: 100 ms. */
  public static final long LEAST = 100_000_000;

  /** How many of the longest are kept. */
  static final int MOST = 5;

  private static final Comparator<Silence> LONGEST_LAST =
      Comparator.comparingLong(Silence::length)
          .thenComparing(Comparator.comparingLong(Silence::time).reversed());

  private final PriorityQueue<Silence> longest = new PriorityQueue<>(LONGEST_LAST);
  private long count;

  void add(Silence silence) {
    count += silence.length() >= LEAST ? 1 : 0;
    longest.add(silence);
    if (longest.size() > MOST) {
      longest.poll();
    }
  }

  /** The shortest that is kept; shorter ones need not be added. */
  long shortestKept() {
    return longest.size() < MOST ? 0 : longest.element().length();
  }

  /** How many were as long as {@link #LEAST} or longer. */
  public long count() {
    return count;
  }

  /** The longest ones of any length, the longest first. */
  public List<Silence> longest() {
    List<Silence> sorted = new ArrayList<>(longest);
    sorted.sort(LONGEST_LAST.reversed());
    return sorted;
  }
}
