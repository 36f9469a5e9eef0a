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

  /** What is known of one thread. */
  static final class State {
    final PairingCounts counts = new PairingCounts();
    long key;
    int vcpu = -1;
    boolean seen;

    /** Whether a cut lies before the thread's first event. */
    boolean cutBefore;

    boolean pending;
    long pendingTime;

    private boolean leftOut;
    private boolean open;
    private int openSinceCut;
    private long openTime;
    private long openCode;
    private byte openFlags;
    private long openInstructionPointer;
    private int openVcpu;
  }

  private final ReasonTable reasons;
  private final int cpu;
  private final boolean anchored;
  private final Set<Long> leftOut;
  private final ThreadTable threads = new ThreadTable();
  private State[] states = new State[16];

  /** Counts cuts: an exit that was opened before the last cut no longer counts. */
  private int cuts;

  private int lastPid;
  private int lastNumber = -1;

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
          State state = states[number(ThreadKey.pid(key))];
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

  State state(int number) {
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

  /**
   * Takes the rows of a batch and appends the latencies that they finish.
   *
   * @param out must have room for as many latencies as the batch has rows
   */
  void accept(EventBatch in, LatencyBatch out) {
    byte[] kinds = in.kinds();
    long[] times = in.times();
    int[] pids = in.threads();
    for (int row = 0, rows = in.size(); row < rows; row++) {
      byte kind = kinds[row];
      if (kind > EventBatch.OTHER) {
        mark(in, row);
        continue;
      }
      long time = times[row];
      if (time < lastTime) {
        stepBack(time);
      }
      lastTime = time;
      if (!anyEvent) {
        anyEvent = true;
        firstTime = time;
        counts.sawTime(time);
      }
      if (kind == EventBatch.OTHER) {
        counts.other++;
        continue;
      }
      int pid = pids[row];
      int number = pid == lastPid && lastNumber >= 0 ? lastNumber : number(pid);
      lastPid = pid;
      lastNumber = number;
      State state = states[number];
      if (state.leftOut) {
        continue;
      }
      if (kind == EventBatch.EXIT) {
        exit(state, in, row, time);
      } else {
        entry(state, in, row, time, out, number);
      }
    }
    if (anyEvent) {
      counts.sawTime(lastTime);
    }
  }

  private void exit(State state, EventBatch in, int row, long time) {
    state.counts.exits++;
    if (state.open) {
      if (state.openSinceCut == cuts) {
        state.counts.unpairedExits++;
      } else {
        state.counts.droppedByLoss++;
      }
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
    state.openVcpu = in.vcpus()[row];
    if (state.openVcpu >= 0) {
      state.vcpu = state.openVcpu;
    }
  }

  private void entry(State state, EventBatch in, int row, long time, LatencyBatch out, int number) {
    state.counts.entries++;
    if ((in.flags()[row] & EventBatch.IMMEDIATE_EXIT) != 0) {
      state.counts.immediateExits++;
    }
    if (state.vcpu < 0) {
      state.vcpu = in.vcpus()[row];
    }
    if (state.open) {
      state.open = false;
      state.seen = true;
      if (state.openSinceCut == cuts) {
        latency(state, time, out, number);
      } else {
        state.counts.droppedByLoss++;
        state.counts.unpairedEntries++;
      }
      return;
    }
    if (!state.seen) {
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

  private void latency(State state, long entryTime, LatencyBatch out, int number) {
    int reason = reasons.number(state.openCode, state.openFlags);
    if (reasons.excluded(reason)) {
      state.counts.excluded++;
      return;
    }
    int row = out.size++;
    out.threadNumbers[row] = number;
    out.reasonNumbers[row] = reason;
    out.epochs[row] = epoch;
    out.exitTimes[row] = state.openTime;
    out.entryTimes[row] = entryTime;
    out.pids[row] = lastPid;
    out.cpus[row] = cpu;
    out.vcpus[row] = state.openVcpu;
    out.codes[row] = state.openCode;
    out.flags[row] = state.openFlags;
    out.idle[row] = reasons.idle(reason);
    out.instructionPointers[row] = state.openInstructionPointer;
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

  private void stepBack(long time) {
    counts.sawTime(lastTime);
    counts.sawTime(time);
    counts.stepsBack++;
    cuts++;
    epoch++;
  }

  private int number(int pid) {
    int number = threads.number(pid);
    if (number == states.length) {
      states = Arrays.copyOf(states, 2 * number);
    }
    if (states[number] == null) {
      State state = new State();
      state.key = ThreadKey.of(pid, cpu);
      state.leftOut = leftOut.contains(state.key);
      states[number] = state;
    }
    return number;
  }
}
