package org.vmtrace.latency.tally;

import org.vmtrace.latency.Latency;
import org.vmtrace.latency.ThreadKey;
import org.vmtrace.latency.pair.PairingCounts.Outcome;

/** Takes what only the joining of splits can tell of a thread, by {@link ThreadKey}. */
public interface Corrections {
  /** An exit found its entry after the cut. */
  void latency(long key, Latency latency);

  /** An exit or entry found no partner, or one of a reason that is left out. */
  void count(long key, Outcome outcome);

  /** The stream's events name the vCPU that the thread runs; -1: they name none. */
  void vcpu(long key, int vcpu);
}
