package org.vmtrace.latency;

/**
 * The largest sums of one thread's latencies; null where there are no latencies.
 *
 * @param sliding over (t - window, t] for any t
 * @param busySliding the same without idle latencies
 * @param tumbling over the windows of the clock
 * @param busyTumbling the same without idle latencies
 */
public record ThreadPeaks(Peak sliding, Peak busySliding, Peak tumbling, Peak busyTumbling) {
  static ThreadPeaks of(ThreadEdge edge) {
    TumblingEdge tumbling = edge.tumbling();
    return new ThreadPeaks(
        edge.sliding(),
        edge.busySliding(),
        tumbling == null ? null : tumbling.best(),
        tumbling == null ? null : tumbling.busyBest());
  }
}
