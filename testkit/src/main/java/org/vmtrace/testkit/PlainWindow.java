package org.vmtrace.testkit;

import java.util.List;

/**
 * A tumbling window of one thread, with what the Parquet row of it holds: the latencies whose entry
 * lies in [{@code startNs}, {@code startNs} + window). The busy columns leave idle latencies out.
 *
 * @param pid the thread
 */
public record PlainWindow(
    String recording,
    String host,
    int pid,
    String comm,
    long startNs,
    long latencies,
    long cumulativeNs,
    long maxNs,
    long busyLatencies,
    long busyCumulativeNs,
    long busyMaxNs) {
  /** The window with one latency more. */
  PlainWindow with(PlainLatency latency) {
    long ns = latency.latencyNs();
    long busyNs = latency.idle() ? 0 : ns;
    return new PlainWindow(
        recording,
        host,
        pid,
        comm,
        startNs,
        latencies + 1,
        PlainSum.of(List.of(cumulativeNs, ns)),
        Math.max(maxNs, ns),
        busyLatencies + (latency.idle() ? 0 : 1),
        PlainSum.of(List.of(busyCumulativeNs, busyNs)),
        Math.max(busyMaxNs, busyNs));
  }
}
