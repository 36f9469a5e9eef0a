package org.vmtrace.latency.split;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.vmtrace.latency.window.Peak;
import org.vmtrace.latency.window.TumblingEdge;

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

  /** Writes them for another process. */
  public void write(DataOutput out) throws IOException {
    Peak.write(out, sliding);
    Peak.write(out, busySliding);
    Peak.write(out, tumbling);
    Peak.write(out, busyTumbling);
  }

  /** Reads what {@link #write} wrote. */
  public static ThreadPeaks read(DataInput in) throws IOException {
    return new ThreadPeaks(Peak.read(in), Peak.read(in), Peak.read(in), Peak.read(in));
  }
}
