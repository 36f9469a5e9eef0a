package org.vmtrace.latency;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.vmtrace.ring.EventBatch;

/**
 * Pairs the exits and entries of one split of a stream, per thread, and cuts open pairs where
 * events were lost, a page could not be read, or time stepped back.
 *
 * <p>A split that begins in the middle of its stream does not know what was open before it. Its
 * first entry of a thread is then kept as <i>pending</i> until the split is joined with what lies
 * before it; if the carry is given, nothing is pending. Not thread-safe.
 */
final class Pairing {
  private static final long BEFORE_ALL = Long.MIN_VALUE;

  /** Takes the latencies as they are found. */
  interface Sink {
    /**
     * A pair was found: {@code thread} still holds the exit that was open.
     *
     * @param entryTime when the guest was entered again
     * @param reason the exit's number in the {@link ReasonTable}
     */
    void latency(State thread, long entryTime, int reason);
  }

  /** What is known of one thread. */
  static final class State {
    final PairingCounts counts = new PairingCounts();

    /** The threads of a stream are numbered in the order of appearance. */
    final int number;

    final int pid;
    final long key;
    int vcpu = -1;
    boolean seen;

    /** Whether a cut lies before the thread's first event. */
    boolean cutBefore;

    boolean pending;
    long pendingTime;

    // The exit that is open.
    long openTime;
    long openCode;
    byte openFlags;
    long openInstructionPointer;
    int openVcpu;

    private final boolean leftOut;
    private boolean open;
    private int openSinceCut;

    State(int number, int pid, long key, boolean leftOut) {
      this.number = number;
      this.pid = pid;
      this.key = key;
      this.leftOut = leftOut;
    }
  }

  private final ReasonTable reasons;
  private final int cpu;
  private final boolean anchored;
  private final Set<Long> leftOut;
  private final ThreadTable threads = new ThreadTable();
  private State[] states = new State[16];

  /** Counts cuts: an exit that was opened before the last cut no longer counts. */
  private int cuts;

  /** The thread of the last exit or entry: mostly the next one's, too. */
  private State current;

  private final StreamCounts counts = new StreamCounts();
  private boolean anyEvent;
  private long firstTime;
  private long lastTime = BEFORE_ALL;
  private int epoch;

  /** A pairing for a split of which nothing is known that lies before it. */
  Pairing(ReasonTable reasons, int cpu) {
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
  Pairing(
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
          State state = state(ThreadKey.pid(key));
          state.open = true;
          state.openTime = exit.time();
          state.openCode = exit.code();
          state.openFlags = exit.flags();
          state.openInstructionPointer = exit.instructionPointer();
          state.openVcpu = exit.vcpu();
        });
  }

  int threadCount() {
    return threads.size();
  }

  State thread(int number) {
    return states[number];
  }

  /** The thread's open exit at the end of what was read, null where there is none. */
  OpenExit open(int number) {
    State s = states[number];
    return s.open && s.openSinceCut == cuts
        ? new OpenExit(s.openTime, s.openCode, s.openFlags, s.openInstructionPointer, s.openVcpu)
        : null;
  }

  StreamCounts counts() {
    return counts;
  }

  boolean anyEvent() {
    return anyEvent;
  }

  long firstTime() {
    return firstTime;
  }

  long lastTime() {
    return lastTime;
  }

  boolean anyCut() {
    return cuts > 0;
  }

  /** How often time has stepped back so far. */
  int epoch() {
    return epoch;
  }

  /** Closes the books: exits that were open at the last cut are dropped by it. */
  void finish() {
    for (int i = 0; i < threads.size(); i++) {
      State s = states[i];
      if (s.open && s.openSinceCut != cuts) {
        s.open = false;
        s.counts.droppedByLoss++;
      }
    }
  }

  /** Takes the rows of a batch and gives the latencies that they finish. */
  void accept(EventBatch in, Sink sink) {
    byte[] kinds = in.kinds();
    long[] times = in.times();
    int[] pids = in.threads();
    State state = current;
    long last = lastTime;
    for (int row = 0, rows = in.size(); row < rows; row++) {
      byte kind = kinds[row];
      if (kind > EventBatch.OTHER) {
        mark(in, row);
        continue;
      }
      long time = times[row];
      if (time < last) {
        stepBack(last, time);
      }
      last = time;
      if (!anyEvent) {
        firstTime(time);
      }
      if (kind == EventBatch.OTHER) {
        counts.other++;
        continue;
      }
      int pid = pids[row];
      if (state == null || state.pid != pid) {
        state = state(pid);
      }
      if (state.leftOut) {
        continue;
      }
      if (kind == EventBatch.EXIT) {
        exit(state, in, row, time);
      } else {
        entry(state, in, row, time, sink);
      }
    }
    current = state;
    lastTime = last;
    if (anyEvent) {
      counts.sawTime(last);
    }
  }

  private void firstTime(long time) {
    anyEvent = true;
    firstTime = time;
    counts.sawTime(time);
  }

  private void exit(State state, EventBatch in, int row, long time) {
    state.counts.exits++;
    if (state.open) {
      replaced(state);
    }
    if (!state.seen) {
      firstEvent(state);
    }
    byte flags = in.flags()[row];
    if ((flags & EventBatch.FAILED_ENTRY) != 0) {
      state.counts.failedEntries++;
    }
    state.open = true;
    state.openSinceCut = cuts;
    state.openTime = time;
    state.openCode = in.codes()[row];
    state.openFlags = flags;
    state.openInstructionPointer = in.instructionPointers()[row];
    int vcpu = in.vcpus()[row];
    state.openVcpu = vcpu;
    if (vcpu >= 0) {
      state.vcpu = vcpu;
    }
  }

  private void replaced(State state) {
    if (state.openSinceCut == cuts) {
      state.counts.unpairedExits++;
    } else {
      state.counts.droppedByLoss++;
    }
  }

  private void entry(State state, EventBatch in, int row, long time, Sink sink) {
    state.counts.entries++;
    if ((in.flags()[row] & EventBatch.IMMEDIATE_EXIT) != 0) {
      state.counts.immediateExits++;
    }
    if (state.vcpu < 0) {
      state.vcpu = in.vcpus()[row];
    }
    if (state.open && state.openSinceCut == cuts) {
      state.open = false;
      state.seen = true;
      int reason = reasons.number(state.openCode, state.openFlags);
      if (reasons.excluded(reason)) {
        state.counts.excluded++;
      } else {
        sink.latency(state, time, reason);
      }
    } else {
      unpaired(state, time);
    }
  }

  /** An entry of a thread that has no open exit, or none that outlived the last cut. */
  private void unpaired(State state, long time) {
    if (state.open) {
      state.open = false;
      state.seen = true;
      state.counts.droppedByLoss++;
    } else if (!state.seen) {
      firstEvent(state);
      if (!anchored && cuts == 0) {
        state.pending = true;
        state.pendingTime = time;
        return;
      }
    }
    state.counts.unpairedEntries++;
  }

  private void firstEvent(State state) {
    state.seen = true;
    state.cutBefore = cuts > 0;
  }

  private void mark(EventBatch in, int row) {
    if (in.kind(row) == EventBatch.PAGE) {
      counts.sawPage(in.time(row));
      if ((in.flags(row) & EventBatch.LOST) != 0) {
        counts.lostPlaces++;
        counts.lost += in.code(row);
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
    counts.stepsBack++;
    cuts++;
    epoch++;
  }

  private State state(int pid) {
    int number = threads.number(pid);
    if (number == states.length) {
      states = Arrays.copyOf(states, 2 * number);
    }
    if (states[number] == null) {
      long key = ThreadKey.of(pid, cpu);
      states[number] = new State(number, pid, key, leftOut.contains(key));
    }
    return states[number];
  }
}
