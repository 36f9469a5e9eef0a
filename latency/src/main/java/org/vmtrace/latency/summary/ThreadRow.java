package org.vmtrace.latency.summary;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;

/**
 * The numbers of one thread of one recording.
 *
 * @param recording the recording's name
 * @param thread the thread's {@code common_pid}
 * @param comm the thread's name, empty where it is not known
 * @param vcpu the vCPU's number, -1 where the events do not say
 * @param cpus the CPUs that it had exits or entries on, ascending
 * @param all all its latencies
 * @param busy those that are not idle
 */
public record ThreadRow(
    String recording,
    int thread,
    String comm,
    int vcpu,
    List<Integer> cpus,
    Statistics all,
    Statistics busy)
    implements Serializable {
  static final Comparator<ThreadRow> LARGEST_MAX_FIRST =
      Comparator.comparingLong(
              (ThreadRow row) -> row.all.max() == null ? -1 : row.all.max().value())
          .reversed()
          .thenComparing(ThreadRow::recording)
          .thenComparingInt(ThreadRow::thread)
          .thenComparing(row -> row.cpus.toString());
}
