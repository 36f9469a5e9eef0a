package org.vmtrace.latency;

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

  /** Copies what {@link Pairing} knows of a pair to another place. */
  void move(int from, int to) {
    threads[to] = threads[from];
    exitRows[to] = exitRows[from];
    entryRows[to] = entryRows[from];
    reasons[to] = reasons[from];
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
