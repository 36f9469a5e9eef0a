package org.vmtrace.latency.pair;

import org.vmtrace.ring.EventBatch;

/** What a {@link Pairing} knows of one thread. */
public final class ThreadState {
  /** In place of the open exit's row: there is none. */
  static final int NONE = -2;

  final PairingCounts counts = new PairingCounts();

  /** The threads of a stream are numbered in the order of appearance. */
  final int number;

  final int pid;
  private final long key;

  /** Whether the thread's events are to be ignored. */
  final boolean leftOut;

  private int vcpuOfExits = -1;
  private int vcpuOfEntries = -1;
  boolean seen;
  boolean cutBefore;

  boolean pending;
  long pendingTime;

  /** The row of the exit that is open, {@link PairBatch#BEFORE_BATCH} or {@link #NONE}. */
  int open = NONE;

  /** The number of cuts that lie before the exit that is open. */
  int openSinceCut;

  private OpenExit before;

  ThreadState(int number, int pid, long key, boolean leftOut) {
    this.number = number;
    this.pid = pid;
    this.key = key;
    this.leftOut = leftOut;
  }

  /** Its {@link org.vmtrace.latency.ThreadKey}. */
  public long key() {
    return key;
  }

  /** What became of its exits and entries so far. */
  public PairingCounts counts() {
    return counts;
  }

  /** Whether it had an exit or entry that is not to be ignored. */
  public boolean seen() {
    return seen;
  }

  /** Whether a cut lies before its first event. */
  public boolean cutBefore() {
    return cutBefore;
  }

  /** Whether its first event is an entry whose exit may lie before the split. */
  public boolean pending() {
    return pending;
  }

  /** The time of that entry. */
  public long pendingTime() {
    return pendingTime;
  }

  /** The vCPU that its events have named. */
  public VcpuSeen vcpu() {
    return new VcpuSeen(vcpuOfExits, vcpuOfEntries);
  }

  /** The exit that was open when the batch began. */
  OpenExit before() {
    return before;
  }

  /** An exit is open that lies before the batch. */
  void opened(OpenExit exit) {
    open = PairBatch.BEFORE_BATCH;
    before = exit;
  }

  /** Copies the exit that is open: the batch will be filled again. */
  void keepOpenExit(EventBatch in) {
    if (open >= 0) {
      opened(OpenExit.of(in, open));
    }
  }

  /**
   * The exit that is open between two batches; null where there is none.
   *
   * @param cuts how many cuts there were
   */
  OpenExit openExit(int cuts) {
    return open != NONE && openSinceCut == cuts ? before : null;
  }

  /** Drops the open exit if it did not outlive the last of so many cuts. */
  void dropIfCut(int cuts) {
    if (open != NONE && openSinceCut != cuts) {
      open = NONE;
      counts.droppedByLoss++;
    }
  }

  /** Takes the vCPU from the rows of a run, see {@link VcpuSeen}: most often one look is enough. */
  void sawVcpu(EventBatch in, int from, int end) {
    byte[] kinds = in.kinds();
    for (int row = end - 1; row >= from; row--) {
      if (kinds[row] == EventBatch.EXIT && in.vcpu(row) >= 0) {
        vcpuOfExits = in.vcpu(row);
        return;
      }
    }
    for (int row = from; row < end && vcpuOfEntries < 0; row++) {
      if (kinds[row] == EventBatch.ENTRY) {
        vcpuOfEntries = Math.max(-1, in.vcpu(row)); // any 32 bits may stand there
      }
    }
  }
}
