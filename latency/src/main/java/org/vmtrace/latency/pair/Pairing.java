package org.vmtrace.latency.pair;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.agrona.collections.Int2IntHashMap;
import org.vmtrace.latency.Sums;
import org.vmtrace.latency.ThreadKey;
import org.vmtrace.ring.EventBatch;

/**
 * Pairs the exits and entries of one split of a stream, per thread, and cuts open pairs where
 * events were lost, a page could not be read, or time stepped back.
 *
 * <p>A split that begins in the middle of its stream does not know what was open before it. Its
 * first entry of a thread is then kept as <i>pending</i> until the split is joined with what lies
 * before it; if the carry is given, nothing is pending. Not thread-safe.
 */
public final class Pairing {
  private static final long BEFORE_ALL = Long.MIN_VALUE;

  /** In place of a thread's number. */
  private static final int UNKNOWN = -1;

  /** Takes the pairs of a batch. */
  public interface Sink {
    /**
     * So many pairs were found, between which time has not stepped back. Called before the batch is
     * let go: {@link #exit} tells of their exits.
     */
    void pairs(PairBatch pairs, EventBatch in);
  }

  private final ReasonTable reasons;
  private final int cpu;
  private final boolean anchored;
  private final Set<Long> leftOut;

  /** Numbers by thread. */
  private final Int2IntHashMap numbers = new Int2IntHashMap(UNKNOWN);

  private ThreadState[] states = new ThreadState[16];

  /** Counts cuts: an exit that was opened before the last cut no longer counts. */
  private int cuts;

  /** The thread of the last exit or entry: mostly the next one's, too. */
  private ThreadState current;

  private PairBatch pairs = new PairBatch(0);
  private final StreamCounts counts = new StreamCounts();
  private boolean anyEvent;
  private long firstTime;
  private long lastTime = BEFORE_ALL;
  private int epoch;

  /** A pairing for a split of which nothing is known that lies before it. */
  public Pairing(ReasonTable reasons, int cpu) {
    this.reasons = reasons;
    this.cpu = cpu;
    this.anchored = false;
    this.leftOut = Set.of();
  }

  /**
   * A pairing that goes on from what lies before the split.
   *
   * @param open the exits that are open there, by {@link ThreadKey}
   * @param timeBefore the last event's time before the split, null where there is none
   * @param leftOut threads whose events are to be ignored, by {@link ThreadKey}
   */
  public Pairing(
      ReasonTable reasons, int cpu, Map<Long, OpenExit> open, Long timeBefore, Set<Long> leftOut) {
    this.reasons = reasons;
    this.cpu = cpu;
    this.anchored = true;
    this.leftOut = leftOut;
    if (timeBefore != null) {
      lastTime = timeBefore;
    }
    open.forEach(
        (key, exit) -> {
          threadOf(ThreadKey.pid(key)).opened(exit);
        });
  }

  /** How many threads had events so far, or an exit that was open before. */
  public int threadCount() {
    return numbers.size();
  }

  /** The thread of this number; they are numbered from 0 in the order of appearance. */
  public ThreadState thread(int number) {
    return states[number];
  }

  /** The thread's open exit at the end of what was read, null where there is none. */
  public OpenExit open(int number) {
    return states[number].openExit(cuts);
  }

  /** What is counted without regard to threads. */
  public StreamCounts counts() {
    return counts;
  }

  /** Whether there was any event. */
  public boolean anyEvent() {
    return anyEvent;
  }

  /** The time of the first event; of no meaning without events. */
  public long firstTime() {
    return firstTime;
  }

  /** The time of the last event; of no meaning without events. */
  public long lastTime() {
    return lastTime;
  }

  /** Whether anything has cut open pairs. */
  public boolean anyCut() {
    return cuts > 0;
  }

  /** How often time has stepped back so far. */
  public int epoch() {
    return epoch;
  }

  /** Closes the books: exits that were open at the last cut are dropped by it. */
  public void finish() {
    for (int i = 0; i < numbers.size(); i++) {
      states[i].dropIfCut(cuts);
    }
  }

  /** The exit of a pair, for the sink. */
  public OpenExit exit(PairBatch found, int pair, EventBatch in) {
    int row = found.exitRows[pair];
    return row == PairBatch.BEFORE_BATCH
        ? states[found.threads[pair]].before()
        : OpenExit.of(in, row);
  }

  /** Takes the rows of a batch and gives the pairs that they finish. */
  public void accept(EventBatch in, Sink sink) {
    if (pairs.capacity() < in.size()) {
      pairs = new PairBatch(in.capacity());
    }
    for (int row = 0, rows = in.size(); row < rows; ) {
      byte kind = in.kinds()[row];
      if (kind > EventBatch.OTHER) {
        mark(in, row++);
        continue;
      }
      long time = in.times()[row];
      if (time < lastTime) {
        give(in, sink);
        stepBack(lastTime, time);
      }
      lastTime = time;
      if (!anyEvent) {
        firstTime(time);
      }
      if (kind == EventBatch.OTHER) {
        counts.other++;
        row++;
        continue;
      }
      int end = endOfRun(in, row);
      lastTime = in.times()[end - 1];
      run(threadOf(in.threads()[row]), in, row, end);
      row = end;
    }
    if (anyEvent) {
      counts.sawTime(lastTime);
    }
    give(in, sink);
    keepOpenExits(in);
  }

  /**
   * Where the run of exits and entries of one thread ends that begins at {@code from}: nothing cuts
   * within it. Most runs are long, a page's events.
   */
  private static int endOfRun(EventBatch in, int from) {
    byte[] kinds = in.kinds();
    int[] pids = in.threads();
    long[] times = in.times();
    int pid = pids[from];
    int row = from + 1;
    int rows = in.size();
    while (row < rows
        && pids[row] == pid
        && kinds[row] < EventBatch.OTHER
        && times[row] >= times[row - 1]) {
      row++;
    }
    return row;
  }

  private void run(ThreadState state, EventBatch in, int from, int end) {
    if (state.leftOut) {
      return;
    }
    state.dropIfCut(cuts);
    state.sawVcpu(in, from, end);
    int first = from;
    if (!state.seen) {
      state.seen = true;
      state.cutBefore = cuts > 0;
      if (!anchored && cuts == 0 && in.kind(from) == EventBatch.ENTRY) {
        state.pending = true;
        state.pendingTime = in.time(from);
        state.counts.sawEntry(in.flags(from));
        first++;
      }
    }
    pair(state, in, first, end);
  }

  /**
   * Pairs the exits and entries of a run. What is rare is counted where it lies: with a local for
   * each count, the virtual machine would run out of registers and carry those that change from row
   * to row through memory.
   */
  private void pair(ThreadState state, EventBatch in, int from, int end) {
    byte[] kinds = in.kinds();
    byte[] flags = in.flags();
    int[] exitRows = pairs.exitRows;
    int[] entryRows = pairs.entryRows;
    PairingCounts sum = state.counts;
    int found = pairs.size;
    int open = state.open;
    int exits = 0;
    for (int row = from; row < end; row++) {
      if (kinds[row] == EventBatch.EXIT) {
        exits++;
        if ((flags[row] & EventBatch.FAILED_ENTRY) != 0) {
          sum.failedEntries++;
        }
        if (open != ThreadState.NONE) {
          sum.unpairedExits++;
        }
        open = row;
      } else {
        if ((flags[row] & EventBatch.IMMEDIATE_EXIT) != 0) {
          sum.immediateExits++;
        }
        if (open == ThreadState.NONE) {
          sum.unpairedEntries++;
        } else {
          exitRows[found] = open;
          entryRows[found++] = row;
          open = ThreadState.NONE;
        }
      }
    }
    Arrays.fill(pairs.threads, pairs.size, found, state.number);
    pairs.size = found;
    state.open = open;
    state.openSinceCut = cuts;
    sum.exits += exits;
    sum.entries += end - from - exits;
  }

  /** Gives the pairs found so far. */
  private void give(EventBatch in, Sink sink) {
    if (pairs.size == 0) {
      return;
    }
    pairs.describe(in, reasons, states);
    if (pairs.size > 0) {
      sink.pairs(pairs, in);
    }
    pairs.size = 0;
  }

  /** Copies the exits that are open: the batch will be filled again. */
  private void keepOpenExits(EventBatch in) {
    for (int i = 0; i < numbers.size(); i++) {
      states[i].keepOpenExit(in);
    }
  }

  private void firstTime(long time) {
    anyEvent = true;
    firstTime = time;
    counts.sawTime(time);
  }

  private void mark(EventBatch in, int row) {
    if (in.kind(row) == EventBatch.PAGE) {
      counts.sawPage(in.time(row));
      if ((in.flags(row) & EventBatch.LOST) != 0) {
        counts.lostPlaces++;
        counts.lost = Sums.plus(counts.lost, in.code(row));
        cuts++;
      }
    } else {
      counts.damagedPages++;
      counts.damage(in, row);
      cuts++;
    }
  }

  private void stepBack(long last, long time) {
    counts.sawTime(last);
    counts.sawTime(time);
    counts.steppedBack();
    cuts++;
    epoch++;
  }

  private ThreadState threadOf(int pid) {
    if (current != null && current.pid == pid) {
      return current;
    }
    int number = numbers.get(pid);
    current = number == UNKNOWN ? newThread(pid) : states[number];
    return current;
  }

  private ThreadState newThread(int pid) {
    int number = numbers.size();
    if (number == states.length) {
      states = Arrays.copyOf(states, 2 * number);
    }
    long key = ThreadKey.of(pid, cpu);
    states[number] = new ThreadState(number, pid, key, leftOut.contains(key));
    numbers.put(pid, number);
    return states[number];
  }
}
