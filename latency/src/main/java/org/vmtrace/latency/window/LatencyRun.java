package org.vmtrace.latency.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.vmtrace.latency.Varints;

/**
 * A few latencies of one thread in the order of their entries: what a split keeps near its edges.
 */
public final class LatencyRun {
  private static final long[] NOTHING = {};

  /** Entry time, then latency * 2 + (1 if idle). */
  private long[] pairs = NOTHING;

  private int length;

  /** Appends a latency, which did not enter before the last one. */
  public void add(long entryTime, long latency, boolean idle) {
    addPacked(entryTime, (latency << 1) | (idle ? 1 : 0));
  }

  void addPacked(long entryTime, long packed) {
    if (length == pairs.length) {
      pairs = Arrays.copyOf(pairs, Math.max(16, 2 * length));
    }
    pairs[length++] = entryTime;
    pairs[length++] = packed;
  }

  /** Appends those of another whose entries lie in [from, to). */
  public void addAll(LatencyRun other, long from, long to) {
    for (int i = 0; i < other.length; i += 2) {
      if (other.pairs[i] >= from && other.pairs[i] < to) {
        addPacked(other.pairs[i], other.pairs[i + 1]);
      }
    }
  }

  /** Feeds all of them to a window. */
  public void slideInto(SlidingWindow window) {
    for (int i = 0; i < length; i += 2) {
      window.add(pairs[i], pairs[i + 1] >>> 1, (pairs[i + 1] & 1) != 0);
    }
  }

  /** Writes it in a few bytes a latency: a driver holds those of all splits. */
  public void write(DataOutput out) throws IOException {
    Varints.write(out, length);
    long before = 0;
    for (int i = 0; i < length; i += 2) {
      Varints.writeSigned(out, pairs[i] - before);
      Varints.writeSigned(out, pairs[i + 1]);
      before = pairs[i];
    }
  }

  /** Reads what {@link #write} wrote. */
  public static LatencyRun read(DataInput in) throws IOException {
    LatencyRun run = new LatencyRun();
    run.length = (int) Varints.read(in);
    run.pairs = new long[run.length];
    long before = 0;
    for (int i = 0; i < run.length; i += 2) {
      run.pairs[i] = before + Varints.readSigned(in);
      run.pairs[i + 1] = Varints.readSigned(in);
      before = run.pairs[i];
    }
    return run;
  }
}
