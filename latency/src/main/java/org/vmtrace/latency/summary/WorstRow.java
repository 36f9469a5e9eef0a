package org.vmtrace.latency.summary;

import java.io.Serializable;
import java.util.Comparator;
import org.vmtrace.latency.Latency;

/**
 * One of the worst latencies.
 *
 * @param recording the recording's name
 * @param comm the thread's name, empty where it is not known
 * @param reason the name of the exit's reason
 * @param latency the latency and its place
 * @param guestIp the guest's instruction pointer at the exit, null where exits do not tell it
 */
public record WorstRow(String recording, String comm, String reason, Latency latency, Long guestIp)
    implements Serializable {
  static final Comparator<WorstRow> WORST_FIRST =
      Comparator.comparing(WorstRow::latency, Latency.WORST_FIRST)
          .thenComparing(WorstRow::recording);
}
