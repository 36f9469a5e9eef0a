package org.vmtrace.latency.pair;

import org.vmtrace.ring.EventBatch;

/**
 * Pairs of an exit and the entry after it, in the order of the entries, as primitive columns: what
 * a {@link Pairing} has found in a batch of events. It holds what every pair is counted by; the
 * rest stands in the exit's row. Not thread-safe.
 */
public final class PairBatch {
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

  /** How many pairs there are. */
  public int size() {
    return size;
  }

  /** The numbers of the threads, a value for each pair; not to be changed, like all columns. */
  public int[] threads() {
    return threads;
  }

  /** The numbers of the exits' reasons in the {@link ReasonTable}. */
  public int[] reasons() {
    return reasons;
  }

  /** The times of the entries. */
  public long[] entryTimes() {
    return entryTimes;
  }

  /** The latencies, in units of the clock. */
  public long[] latencies() {
    return latencies;
  }

  /** Whether the exits' reasons are idle ones. */
  public boolean[] idle() {
    return idle;
  }

  /**
   * Fills the columns after the rows and leaves out the pairs of excluded reasons, which it counts.
   *
   * @param states what is known of the threads, by number
   */
  void describe(EventBatch in, ReasonTable table, ThreadState[] states) {
    for (int pair = describeKnown(0, in, table);
        pair < size;
        pair = describeKnown(pair, in, table)) {
      describe(pair++, in, table, states);
    }
    if (table.anyExcluded()) {
      leaveOutExcluded(table, states);
    }
  }

  /**
   * Describes pairs up to one whose exit lies before the batch or whose reason is not known yet. A
   * loop without calls, which the virtual machine compiles much better.
   *
   * @return the pair that was not described, {@link #size} if all were
   */
  private int describeKnown(int from, EventBatch in, ReasonTable table) {
    final long[] times = in.times();
    final long[] codes = in.codes();
    final byte[] flags = in.flags();
    final int[] exits = exitRows;
    final int[] entries = entryRows;
    final int end = size;
    int pair = from;
    for (; pair < end; pair++) {
      int exit = exits[pair];
      if (exit == BEFORE_BATCH) {
        break;
      }
      int reason = table.known(codes[exit], flags[exit]);
      if (reason == ReasonTable.UNKNOWN) {
        break;
      }
      reasons[pair] = reason;
      idle[pair] = table.idle(reason);
      long time = times[entries[pair]];
      entryTimes[pair] = time;
      latencies[pair] = time - times[exit];
    }
    return pair;
  }

  private void describe(int pair, EventBatch in, ReasonTable table, ThreadState[] states) {
    int row = exitRows[pair];
    long exitTime;
    if (row == BEFORE_BATCH) {
      OpenExit before = states[threads[pair]].before();
      reasons[pair] = table.number(before.code(), before.flags());
      exitTime = before.time();
    } else {
      reasons[pair] = table.number(in.code(row), in.flags(row));
      exitTime = in.time(row);
    }
    idle[pair] = table.idle(reasons[pair]);
    entryTimes[pair] = in.time(entryRows[pair]);
    latencies[pair] = entryTimes[pair] - exitTime;
  }

  private void leaveOutExcluded(ReasonTable table, ThreadState[] states) {
    int kept = 0;
    for (int pair = 0; pair < size; pair++) {
      if (table.excluded(reasons[pair])) {
        states[threads[pair]].counts.excluded++;
      } else {
        threads[kept] = threads[pair];
        exitRows[kept] = exitRows[pair];
        entryRows[kept] = entryRows[pair];
        reasons[kept] = reasons[pair];
        idle[kept] = idle[pair];
        entryTimes[kept] = entryTimes[pair];
        latencies[kept] = latencies[pair];
        kept++;
      }
    }
    size = kept;
  }

  /** Where the run of pairs of one thread ends that begins at {@code from}. */
  public int endOfRun(int from) {
    int thread = threads[from];
    int row = from + 1;
    while (row < size && threads[row] == thread) {
      row++;
    }
    return row;
  }
}
