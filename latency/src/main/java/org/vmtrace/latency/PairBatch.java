package org.vmtrace.latency;

import org.vmtrace.ring.EventBatch;

/**
 * Pairs of an exit and the entry behind it, in the order of the entries, as primitive columns: what
 * a {@link Pairing} has found in a batch of events. It holds what every pair is counted by; the
 * rest stands in the exit's row. Not thread-safe.
 */
final class PairBatch {
  /** In place of an exit's row: the exit lies before the batch. */
  static final int BEFORE_BATCH = -1;

  /** Numbers of the threads. */
  final int[] threads;

  /** Numbers in the {@link ReasonTable}. */
  final int[] reasons;

  /** Rows of the exits in the batch of events, or {@link #BEFORE_BATCH}. */
  final int[] exitRows;

  /** Rows of the entries in the batch of events. */
  final int[] entryRows;

  final long[] entryTimes;
  final long[] latencies;
  final boolean[] idle;
  int size;

  /** A batch with room for so many pairs. */
  PairBatch(int capacity) {
    threads = new int[capacity];
    reasons = new int[capacity];
    exitRows = new int[capacity];
    entryRows = new int[capacity];
    entryTimes = new long[capacity];
    latencies = new long[capacity];
    idle = new boolean[capacity];
  }

  int capacity() {
    return threads.length;
  }

  /**
   * Fills the columns behind the rows and leaves out the pairs of excluded reasons, which it
   * counts: in loops short enough to be fast.
   *
   * @param states what is known of the threads, by number
   */
  void describe(EventBatch in, ReasonTable table, Pairing.State[] states) {
    findReasons(in, table, states);
    if (table.anyExcluded()) {
      leaveOutExcluded(table, states);
    }
    measure(in, states);
    table.idle(reasons, idle, size);
  }

  private void findReasons(EventBatch in, ReasonTable table, Pairing.State[] states) {
    long[] codes = in.codes();
    byte[] flags = in.flags();
    for (int pair = 0; pair < size; pair++) {
      int exit = exitRows[pair];
      if (exit == BEFORE_BATCH) {
        OpenExit before = states[threads[pair]].before();
        reasons[pair] = table.number(before.code(), before.flags());
      } else {
        reasons[pair] = table.number(codes[exit], flags[exit]);
      }
    }
  }

  private void leaveOutExcluded(ReasonTable table, Pairing.State[] states) {
    int kept = 0;
    for (int pair = 0; pair < size; pair++) {
      if (table.excluded(reasons[pair])) {
        states[threads[pair]].counts.excluded++;
      } else {
        threads[kept] = threads[pair];
        exitRows[kept] = exitRows[pair];
        entryRows[kept] = entryRows[pair];
        reasons[kept] = reasons[pair];
        kept++;
      }
    }
    size = kept;
  }

  private void measure(EventBatch in, Pairing.State[] states) {
    long[] times = in.times();
    for (int pair = 0; pair < size; pair++) {
      int exit = exitRows[pair];
      long exitTime = exit == BEFORE_BATCH ? states[threads[pair]].before().time() : times[exit];
      long entryTime = times[entryRows[pair]];
      entryTimes[pair] = entryTime;
      latencies[pair] = entryTime - exitTime;
    }
  }

  /** Where the run of pairs of one thread ends that begins at {@code from}. */
  int endOfRun(int from) {
    int thread = threads[from];
    int row = from + 1;
    while (row < size && threads[row] == thread) {
      row++;
    }
    return row;
  }
}
