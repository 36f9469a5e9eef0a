package org.vmtrace.latency.pair;

import java.util.Arrays;
import org.vmtrace.latency.Latency;
import org.vmtrace.ring.EventBatch;

/**
 * Finished latencies of one stream as primitive columns, in the order of their entries. Filled and
 * filled again. Excluded reasons are not among them. Times and latencies are in the unit of the
 * recording's clock, ns for all but cycle counters. Not thread-safe.
 */
public final class LatencyBatch {
  final long[] exitTimes;
  final long[] entryTimes;
  final int[] pids;
  final int[] cpus;
  final int[] vcpus;
  final long[] codes;
  final byte[] flags;
  final boolean[] idle;
  final long[] instructionPointers;
  int size;

  /** A batch with room for so many latencies. */
  public LatencyBatch(int capacity) {
    exitTimes = new long[capacity];
    entryTimes = new long[capacity];
    pids = new int[capacity];
    cpus = new int[capacity];
    vcpus = new int[capacity];
    codes = new long[capacity];
    flags = new byte[capacity];
    idle = new boolean[capacity];
    instructionPointers = new long[capacity];
  }

  /** Number of latencies. */
  public int size() {
    return size;
  }

  /** Latencies that fit. */
  public int capacity() {
    return exitTimes.length;
  }

  /** When the guest was left. */
  public long exitTime(int row) {
    return exitTimes[row];
  }

  /** When it was entered again. */
  public long entryTime(int row) {
    return entryTimes[row];
  }

  /** How long it did not run, 0 or more. */
  public long latency(int row) {
    return entryTimes[row] - exitTimes[row];
  }

  /** The thread's {@code common_pid}. */
  public int thread(int row) {
    return pids[row];
  }

  /** The CPU of the entry. */
  public int cpu(int row) {
    return cpus[row];
  }

  /** The vCPU's number in the exit, -1 where it does not say. */
  public int vcpu(int row) {
    return vcpus[row];
  }

  /** The exit's reason code. */
  public long code(int row) {
    return codes[row];
  }

  /** The exit's flags, see {@link org.vmtrace.ring.EventBatch#flags(int)}. */
  public byte flags(int row) {
    return flags[row];
  }

  /** Whether the guest itself gave the CPU up. */
  public boolean idle(int row) {
    return idle[row];
  }

  /** The guest's instruction pointer in the exit, 0 where it does not say. */
  public long instructionPointer(int row) {
    return instructionPointers[row];
  }

  /** Appends pairs of one thread whose exits lie in a batch of events, or before it. */
  public void append(
      PairBatch pairs, int from, int to, ThreadState thread, EventBatch in, int cpu) {
    int first = size;
    int end = first + to - from;
    System.arraycopy(pairs.entryTimes, from, entryTimes, first, to - from);
    System.arraycopy(pairs.idle, from, idle, first, to - from);
    Arrays.fill(pids, first, end, thread.pid);
    Arrays.fill(cpus, first, end, cpu);
    for (int row = first, pair = from; row < end; row++, pair++) {
      exitTimes[row] = pairs.entryTimes[pair] - pairs.latencies[pair];
    }
    for (int row = first, pair = from; row < end; row++, pair++) {
      int exit = pairs.exitRows[pair];
      if (exit == PairBatch.BEFORE_BATCH) {
        exit(row, thread.before());
      } else {
        vcpus[row] = in.vcpu(exit);
        codes[row] = in.codes()[exit];
        flags[row] = in.flags()[exit];
        instructionPointers[row] = in.instructionPointer(exit);
      }
    }
    size = end;
  }

  private void exit(int row, OpenExit exit) {
    vcpus[row] = exit.vcpu();
    codes[row] = exit.code();
    flags[row] = exit.flags();
    instructionPointers[row] = exit.instructionPointer();
  }

  /** Appends a latency that was made on its own. */
  public void add(Latency latency, boolean isIdle) {
    int row = size++;
    exitTimes[row] = latency.exitTime();
    entryTimes[row] = latency.entryTime();
    pids[row] = latency.thread();
    cpus[row] = latency.cpu();
    vcpus[row] = latency.vcpu();
    codes[row] = latency.code();
    flags[row] = latency.isa().flags();
    idle[row] = isIdle;
    instructionPointers[row] = latency.instructionPointer();
  }

  /** Empties the batch. */
  public void clear() {
    size = 0;
  }
}
