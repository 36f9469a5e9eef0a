package org.vmtrace.latency.split;

import java.util.Arrays;
import org.vmtrace.latency.ThreadKey;
import org.vmtrace.latency.pair.PairBatch;
import org.vmtrace.latency.pair.Pairing;
import org.vmtrace.latency.window.TumblingSum;
import org.vmtrace.latency.window.TumblingWindow;
import org.vmtrace.latency.window.WindowBatch;

/**
 * Makes the window rows of one split from its pairs, in the order of the windows' first latencies.
 * Not thread-safe.
 *
 * <p>Memory depends on the number of threads only, unless time steps back somewhere in the stream:
 * a thread may then come back to its window at any time, and the windows that began after it wait
 * for it.
 */
final class WindowRows {
  private static final long NO_ROW = -1;

  private final long window;
  private final Carry carry;
  private final Pairing pairing;
  private final WindowBatch rows = new WindowBatch();
  private Open[] threads = new Open[16];

  /** The threads whose windows are open; kept only where time is steady. */
  private Open[] open = new Open[16];

  private int openCount;
  private boolean anyStart;
  private long start;

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
   * @param window length of a window in units of the clock
   * @param carry what the neighbours know
   * @param pairing knows the threads by the numbers that pairs have
   */
  WindowRows(long window, Carry carry, Pairing pairing) {
    this.window = window;
    this.carry = carry;
    this.pairing = pairing;
  }

  /** The windows that have ended since the last {@link #clear}. */
  WindowBatch rows() {
    return rows;
  }

  /** Drops the rows that were shown. */
  void clear() {
    rows.clear();
  }

  /** Adds a run of one thread's pairs to its windows. */
  void add(PairBatch pairs, int from, int end) {
    int number = pairs.threads()[from];
    Open thread = number < threads.length ? threads[number] : null;
    if (thread == null) {
      thread = thread(number);
    }
    for (int pair = from; pair < end; ) {
      long entryTime = pairs.entryTimes()[pair];
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

  /** Ends the split, and with it the windows that are open. */
  void finish() {
    for (Open thread : threads) {
      if (thread != null && !thread.ended) {
        TumblingWindow more = carry.addedLater().get(thread.key);
        TumblingWindow sum = thread.sum.soFar();
        end(thread, more == null ? sum : sum.plus(more));
      }
    }
  }

  private void begin(Open thread, long entryTime) {
    boolean first = !thread.sum.begun();
    if (!thread.ended) {
      end(thread, thread.sum.soFar());
    }
    thread.sum.begin(entryTime);
    thread.ended = false;
    Long owned = first ? carry.ownedWindows().get(thread.key) : null;
    thread.row =
        owned != null && owned == thread.sum.start()
            ? NO_ROW
            : rows.begin(ThreadKey.pid(thread.key));
    if (carry.steady()) {
      if (openCount == open.length) {
        open = Arrays.copyOf(open, 2 * openCount);
      }
      open[openCount++] = thread;
    }
  }

  private void end(Open thread, TumblingWindow sum) {
    if (thread.row != NO_ROW) {
      rows.end(thread.row, sum);
    }
    thread.ended = true;
  }

  private void endAll() {
    for (int i = 0; i < openCount; i++) {
      end(open[i], open[i].sum.soFar());
    }
    openCount = 0;
  }

  private Open thread(int number) {
    if (number >= threads.length) {
      threads = Arrays.copyOf(threads, Math.max(number + 1, 2 * threads.length));
    }
    threads[number] = new Open(window, pairing.thread(number).key());
    return threads[number];
  }
}
