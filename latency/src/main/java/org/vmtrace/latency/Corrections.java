package org.vmtrace.latency;

/** Takes what only the joining of splits can tell of a thread, by {@link ThreadKey}. */
public interface Corrections {
  /** What becomes of an exit or entry without making a latency. */
  enum Outcome {
    EXCLUDED,
    UNPAIRED_EXIT,
    UNPAIRED_ENTRY,
    DROPPED_BY_LOSS,
    OPEN_AT_END
  }

  /** An exit found its entry after the cut. */
  void latency(long key, OpenExit exit, long entryTime, int cpu);

  /** An exit or entry found no partner, or one of a reason that is left out. */
  void count(long key, Outcome outcome);

  /** The stream's events name the vCPU that the thread runs; -1: they name none. */
  void vcpu(long key, int vcpu);
}
