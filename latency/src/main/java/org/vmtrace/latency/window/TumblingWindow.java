package org.vmtrace.latency.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import org.vmtrace.latency.Sums;

/**
 * What a tumbling window holds of one thread's latencies, or a part of it.
 *
 * @param start the window's first instant, a multiple of the window's length
 * @param latencies how many
 * @param sum their sum
 * @param max the longest
 * @param busyLatencies how many, idle ones left out
 * @param busySum their sum
 * @param busyMax the longest of them, 0 where there is none
 */
public record TumblingWindow(
    long start, long latencies, long sum, long max, long busyLatencies, long busySum, long busyMax)
    implements Serializable {
  /** The window of this length that holds the entry of a latency, with nothing else in it. */
  public static TumblingWindow of(long window, long entryTime, long latency, boolean idle) {
    long start = TumblingSum.startOf(entryTime, window);
    return new TumblingWindow(
        start, 1, latency, latency, idle ? 0 : 1, idle ? 0 : latency, idle ? 0 : latency);
  }

  /** Both parts of the same window. */
  public TumblingWindow plus(TumblingWindow other) {
    return new TumblingWindow(
        start,
        latencies + other.latencies,
        Sums.plus(sum, other.sum),
        Math.max(max, other.max),
        busyLatencies + other.busyLatencies,
        Sums.plus(busySum, other.busySum),
        Math.max(busyMax, other.busyMax));
  }

  Peak peak() {
    return new Peak(sum, start);
  }

  Peak busyPeak() {
    return busyLatencies == 0 ? null : new Peak(busySum, start);
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(start);
    out.writeLong(latencies);
    out.writeLong(sum);
    out.writeLong(max);
    out.writeLong(busyLatencies);
    out.writeLong(busySum);
    out.writeLong(busyMax);
  }

  static TumblingWindow read(DataInput in) throws IOException {
    return new TumblingWindow(
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong());
  }
}
