package org.vmtrace.recording;

import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.vmtrace.latency.summary.RecordingInfo;

/** Finds the threads that cannot be paired stream by stream. */
public final class MovedKeys {
  /** A clock that differs from CPU to CPU (Documentation/trace/ftrace.rst, trace_clock). */
  private static final String LOCAL_CLOCK = "local";

  private MovedKeys() {}

  /**
   * The threads that occur in more than one stream.
   *
   * @param streams the {@link org.vmtrace.latency.ThreadKey}s of each stream of one recording
   */
  public static Set<Long> of(Collection<Set<Long>> streams) {
    Set<Long> seen = new HashSet<>();
    Set<Long> moved = new TreeSet<>();
    for (Set<Long> stream : streams) {
      for (Long key : stream) {
        if (!seen.add(key)) {
          moved.add(key);
        }
      }
    }
    return moved;
  }

  /** What must be said of moved threads where the clock cannot order the CPUs' events. */
  public static Optional<String> clockWarning(RecordingInfo recording) {
    return recording.clock().equals(LOCAL_CLOCK)
        ? Optional.of(
            recording.name()
                + ": threads moved between CPUs, but the clock 'local' differs from CPU to CPU: their"
                + " latencies may be wrong (record with the clock mono)")
        : Optional.empty();
  }
}
