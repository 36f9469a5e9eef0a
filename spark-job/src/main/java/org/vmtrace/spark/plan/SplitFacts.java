package org.vmtrace.spark.plan;

import java.io.Serializable;
import java.util.Set;
import org.vmtrace.latency.summary.RecordingInfo;

/**
 * What is known of the rows of a split before it is read again.
 *
 * @param recording the split's recording
 * @param cpus the CPUs of its events; null where nobody knows
 * @param threads the pids of its exits and entries; null where nobody knows
 * @param earliestExit a time that no exit lies before, of those that entries of the split end
 * @param earliest a time that none of its events lies before
 * @param latest a time that none of its events lies after
 */
public record SplitFacts(
    RecordingInfo recording,
    Set<Integer> cpus,
    Set<Integer> threads,
    long earliestExit,
    long earliest,
    long latest)
    implements Serializable {
  /** Any split of a recording, before anything was read. */
  public static SplitFacts of(RecordingInfo recording) {
    return new SplitFacts(recording, null, null, Long.MIN_VALUE, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** A split of a stream, before it was read. */
  public static SplitFacts of(RecordingInfo recording, int cpu) {
    return new SplitFacts(
        recording, Set.of(cpu), null, Long.MIN_VALUE, Long.MIN_VALUE, Long.MAX_VALUE);
  }
}
