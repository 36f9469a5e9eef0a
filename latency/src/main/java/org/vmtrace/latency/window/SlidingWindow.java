package org.vmtrace.latency.window;

import org.vmtrace.latency.pair.PairBatch;

/**
 * The largest sum of one thread's latencies whose entries lie in (t - window, t], over all t:
 * exact, in one pass, with the latencies of the last window kept in a ring. Latencies come in the
 * order of their entries.
 */
public final class SlidingWindow {
  private static final int FIELDS = 2;

  private final long window;

  /** Entry time, then latency * 2 + (1 if idle). */
  private long[] ring = new long[64 * FIELDS];

  private int mask = ring.length - 1;
  private int head;
  private int tail;
  private long sum;
  private long busySum;
  private long best = -1;
  private long bestTime;
  private long busyBest = -1;
  private long busyBestTime;

  /** The maxima from before time stepped back, null where there are none. */
  private Peak earlierBest;

  private Peak earlierBusyBest;

  /** A window of so many units of the clock, 1 or more. */
  public SlidingWindow(long window) {
    this.window = window;
  }

  /**
   * Adds the next latency.
   *
   * <p>Latencies that have left the window stay until it matters: with them the sums are upper
   * bounds, and as long as these are no new maxima, neither are the sums themselves. What leaves
   * then leaves in long runs, which a CPU predicts better than one here and two there.
   */
  public void add(long entryTime, long latency, boolean idle) {
    long ifIdle = idle ? -1 : 0;
    if (head - tail == ring.length) {
      makeRoom(entryTime);
    }
    ring[head & mask] = entryTime;
    ring[(head + 1) & mask] = (latency << 1) - ifIdle;
    head += FIELDS;
    sum += latency;
    busySum += latency & ~ifIdle;
    if (sum > best || (busySum | ifIdle) > busyBest) {
      leave(entryTime - window);
      measure(entryTime, idle);
    }
  }

  /** Adds the pairs of a run. */
  public void add(PairBatch pairs, int from, int to) {
    for (int pair = addQuick(pairs, from, to); pair < to; pair = addQuick(pairs, pair, to)) {
      add(pairs.entryTimes()[pair], pairs.latencies()[pair], pairs.idle()[pair]);
      pair++;
    }
  }

  /**
   * Adds pairs up to one that may be a new maximum or for which there is no room. A loop without
   * calls, which the virtual machine compiles much better.
   *
   * @return the pair that was not added, {@code to} if all were
   */
  private int addQuick(PairBatch pairs, int from, int to) {
    final long[] entryTimes = pairs.entryTimes();
    final long[] latencies = pairs.latencies();
    final boolean[] idle = pairs.idle();
    final long[] kept = ring;
    final int last = kept.length - 1;
    final long most = best;
    final long mostBusy = busyBest;
    final int end = Math.min(to, from + (kept.length - (head - tail)) / FIELDS);
    long all = sum;
    long busy = busySum;
    int at = head;
    int pair = from;
    for (; pair < end; pair++) {
      long latency = latencies[pair];
      long ifIdle = idle[pair] ? -1 : 0;
      long nextAll = all + latency;
      long nextBusy = busy + (latency & ~ifIdle);
      if (nextAll > most || (nextBusy | ifIdle) > mostBusy) {
        break;
      }
      kept[at & last] = entryTimes[pair];
      kept[(at + 1) & last] = (latency << 1) - ifIdle;
      at += FIELDS;
      all = nextAll;
      busy = nextBusy;
    }
    sum = all;
    busySum = busy;
    head = at;
    return pair;
  }

  /** Takes out the latencies whose entries lie at a time or before. */
  private void leave(long time) {
    while (tail != head && ring[tail & mask] <= time) {
      long packed = ring[(tail + 1) & mask];
      sum -= packed >>> 1;
      busySum -= (packed >>> 1) & ((packed & 1) - 1);
      tail += FIELDS;
    }
  }

  private void measure(long entryTime, boolean idle) {
    if (sum > best) {
      best = sum;
      bestTime = entryTime;
    }
    if (!idle && busySum > busyBest) {
      busyBest = busySum;
      busyBestTime = entryTime;
    }
  }

  /** Latencies that it has memory for. */
  int room() {
    return ring.length / FIELDS;
  }

  private void makeRoom(long entryTime) {
    leave(entryTime - window);
    if (head - tail > ring.length / 2) {
      grow();
    }
  }

  /** Forgets the latencies, not the maxima: time has stepped back. */
  public void restart() {
    earlierBest = best();
    earlierBusyBest = busyBest();
    best = -1;
    busyBest = -1;
    tail = head;
    sum = 0;
    busySum = 0;
  }

  /** The largest sum, null where there is no latency. */
  public Peak best() {
    return Peak.larger(earlierBest, best < 0 ? null : new Peak(best, bestTime));
  }

  /** The largest sum without idle latencies, null where there are no others. */
  public Peak busyBest() {
    return Peak.larger(earlierBusyBest, busyBest < 0 ? null : new Peak(busyBest, busyBestTime));
  }

  /** The latencies kept whose entries lie after a time. */
  public LatencyRun after(long time) {
    LatencyRun run = new LatencyRun();
    for (int i = tail; i != head; i += FIELDS) {
      if (ring[i & mask] > time) {
        run.addPacked(ring[i & mask], ring[(i + 1) & mask]);
      }
    }
    return run;
  }

  private void grow() {
    long[] larger = new long[2 * ring.length];
    int kept = head - tail;
    for (int i = 0; i < kept; i++) {
      larger[i] = ring[(tail + i) & mask];
    }
    ring = larger;
    mask = larger.length - 1;
    tail = 0;
    head = kept;
  }
}
