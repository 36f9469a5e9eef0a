package org.vmtrace.testkit;

import java.util.Comparator;

/**
 * One latency, with what the Parquet row of it holds (the reason's name apart). Reason, instruction
 * pointer and vCPU are the exit's, the CPU is the entry's.
 *
 * @param pid the thread
 * @param vcpu null if the exit does not say
 * @param guestIp null if the exit does not say
 */
public record PlainLatency(
    String recording,
    String host,
    int cpu,
    int pid,
    String comm,
    Integer vcpu,
    PlainIsa isa,
    long code,
    boolean idle,
    long exitTimeNs,
    long entryTimeNs,
    Long guestIp) {
  /**
   * The longest first; of equal ones, as design section 3 ("Ties") says. Codes and instruction
   * pointers are compared as the signed numbers that they are in the results.
   */
  public static final Comparator<PlainLatency> WORST_FIRST =
      Comparator.comparingLong(PlainLatency::latencyNs)
          .reversed()
          .thenComparing(PlainLatency::entryTimeNs)
          .thenComparing(PlainLatency::pid)
          .thenComparing(PlainLatency::code)
          .thenComparing(PlainLatency::cpu)
          .thenComparing(PlainLatency::guestIp, Comparator.nullsFirst(Long::compare))
          .thenComparing(PlainLatency::isa)
          .thenComparing(PlainLatency::recording);

  /** From the exit to the entry, never negative. */
  public long latencyNs() {
    return entryTimeNs - exitTimeNs;
  }
}
