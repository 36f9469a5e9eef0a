package org.vmtrace.latency.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The tumbling windows of one thread in a run of its latencies, reduced to what joining with
 * neighbours needs.
 *
 * @param first the window of the first latency
 * @param last the window of the last latency; the same as {@code first} where there is only one
 * @param single whether there is only one
 * @param best the largest sum of a window so far
 * @param busyBest the same without idle latencies, null where there are none
 */
public record TumblingEdge(
    TumblingWindow first, TumblingWindow last, boolean single, Peak best, Peak busyBest) {
  /** A run of one window. */
  public static TumblingEdge of(TumblingWindow window) {
    return new TumblingEdge(window, window, true, window.peak(), window.busyPeak());
  }

  /** Whether the last window of this is the first one of what comes after it. */
  public boolean continuesIn(TumblingEdge next) {
    return last.start() == next.first.start();
  }

  /** The run followed by another one; null stands for no latencies at all. */
  public static TumblingEdge join(TumblingEdge a, TumblingEdge b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    Peak best = Peak.larger(a.best, b.best);
    Peak busyBest = Peak.larger(a.busyBest, b.busyBest);
    if (!a.continuesIn(b)) {
      return new TumblingEdge(a.first, b.last, false, best, busyBest);
    }
    TumblingWindow both = a.last.plus(b.first);
    return new TumblingEdge(
        a.single ? both : a.first,
        b.single ? both : b.last,
        a.single && b.single,
        Peak.larger(best, both.peak()),
        Peak.larger(busyBest, both.busyPeak()));
  }

  /** Writes one, or null, for another process. */
  public static void write(DataOutput out, TumblingEdge edge) throws IOException {
    out.writeBoolean(edge != null);
    if (edge != null) {
      edge.first.write(out);
      edge.last.write(out);
      out.writeBoolean(edge.single);
      Peak.write(out, edge.best);
      Peak.write(out, edge.busyBest);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static TumblingEdge read(DataInput in) throws IOException {
    return in.readBoolean()
        ? new TumblingEdge(
            TumblingWindow.read(in),
            TumblingWindow.read(in),
            in.readBoolean(),
            Peak.read(in),
            Peak.read(in))
        : null;
  }
}
