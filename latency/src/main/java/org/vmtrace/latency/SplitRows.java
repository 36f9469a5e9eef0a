package org.vmtrace.latency;

import java.util.Arrays;
import java.util.Set;
import org.vmtrace.ring.EventBatch;

/**
 * Makes the latency and window rows of one split, batch by batch, with the carry that the scan has
 * found. A latency is made by the split that holds its entry, a window by the split that holds its
 * first latency. Not thread-safe.
 *
 * <p>Memory depends on the number of threads only, unless time steps back somewhere in the stream:
 * a thread may then come back to its window at any time, and the windows that began behind it wait
 * for it.
 */
public final class SplitRows {
  private static final long NO_ROW = -1;

  private final long window;
  private final Carry carry;
  private final Wanted wanted;
  private final int cpu;
  private final Pairing pairing;
  private final Pairing.Sink sink = this::pairs;
  private final WindowBatch windows = new WindowBatch();
  private LatencyBatch latencies = new LatencyBatch(0);
  private Open[] threads = new Open[16];

  /** The threads whose windows are open; kept only where time is steady. */
  private Open[] open = new Open[16];

  private int openCount;
  private boolean anyStart;
  private long start;

  /** Which rows are made. */
  public enum Wanted {
    /** All of them. */
    LATENCIES_AND_WINDOWS,
    /** The windows alone, for less: there are no latencies then. */
    WINDOWS
  }

  /** The window that a thread is in, and its row. */
  private static final class Open {
    final TumblingSum sum;
    final long key;
    long row = NO_ROW;
    boolean ended = true;

    Open(long window, long key) {
      this.sum = new TumblingSum(window);
      this.key = key;
    }
  }

  /**
   * Rows of a split.
   *
   * @param cpu the stream's CPU
   * @param carry what the neighbours know
   * @param leftOut threads that are dealt with elsewhere, by {@link ThreadKey}
   * @param wanted which rows are made
   */
  public SplitRows(AnalysisRules rules, int cpu, Carry carry, Set<Long> leftOut, Wanted wanted) {
    this.window = rules.window();
    this.carry = carry;
    this.wanted = wanted;
    this.cpu = cpu;
    this.pairing =
        new Pairing(
            new ReasonTable(rules.traits()), cpu, carry.open(), carry.timeBefore(), leftOut);
  }

  /**
   * Takes the next rows of the split; then {@link #latencies()} and {@link #windows()} hold what
   * they finished.
   */
  public void accept(EventBatch batch) {
    if (wanted == Wanted.LATENCIES_AND_WINDOWS && latencies.capacity() < batch.size()) {
      latencies = new LatencyBatch(batch.capacity());
    }
    latencies.clear();
    windows.dropShown();
    pairing.accept(batch, sink);
  }

  private void pairs(PairBatch pairs, EventBatch in) {
    for (int from = 0, end; from < pairs.size; from = end) {
      end = pairs.endOfRun(from);
      if (wanted == Wanted.LATENCIES_AND_WINDOWS) {
        latencies.append(pairs, from, end, pairing.thread(pairs.threads[from]), in, cpu);
      }
      sum(pairs, from, end);
    }
  }

  /** Adds a run of one thread to its windows. */
  private void sum(PairBatch pairs, int from, int end) {
    int number = pairs.threads[from];
    Open thread = number < threads.length ? threads[number] : null;
    if (thread == null) {
      thread = thread(number);
    }
    for (int pair = from; pair < end; ) {
      long entryTime = pairs.entryTimes[pair];
      if (carry.steady() && (!anyStart || entryTime - start >= window)) {
        endAll();
        anyStart = true;
        start = TumblingSum.startOf(entryTime, window);
      }
      if (thread.ended || !thread.sum.holds(entryTime)) {
        begin(thread, entryTime);
      }
      pair = thread.sum.add(pairs, pair, end);
    }
  }

  /** Ends the split; then {@link #windows()} holds its last windows. */
  public void finish() {
    latencies.clear();
    windows.dropShown();
    for (Open thread : threads) {
      if (thread != null && !thread.ended) {
        Tumble more = carry.addedLater().get(thread.key);
        Tumble sum = thread.sum.tumble();
        end(thread, more == null ? sum : sum.plus(more));
      }
    }
  }

  /** The latencies that the last batch finished. */
  public LatencyBatch latencies() {
    return latencies;
  }

  /** The windows that the last batch, or the end, finished. */
  public WindowBatch windows() {
    return windows;
  }

  private void begin(Open thread, long entryTime) {
    boolean first = !thread.sum.begun();
    if (!thread.ended) {
      end(thread, thread.sum.tumble());
    }
    thread.sum.begin(entryTime);
    thread.ended = false;
    Long owned = first ? carry.ownedWindows().get(thread.key) : null;
    thread.row =
        owned != null && owned == thread.sum.start()
            ? NO_ROW
            : windows.begin(ThreadKey.pid(thread.key));
    if (carry.steady()) {
      if (openCount == open.length) {
        open = Arrays.copyOf(open, 2 * openCount);
      }
      open[openCount++] = thread;
    }
  }

  private void end(Open thread, Tumble sum) {
    if (thread.row != NO_ROW) {
      windows.end(thread.row, sum);
    }
    thread.ended = true;
  }

  private void endAll() {
    for (int i = 0; i < openCount; i++) {
      end(open[i], open[i].sum.tumble());
    }
    openCount = 0;
  }

  private Open thread(int number) {
    if (number >= threads.length) {
      threads = Arrays.copyOf(threads, Math.max(number + 1, 2 * threads.length));
    }
    threads[number] = new Open(window, pairing.thread(number).key);
    return threads[number];
  }
}
