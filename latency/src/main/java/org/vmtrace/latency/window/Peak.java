package org.vmtrace.latency.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The largest of some sums, and when it was reached first.
 *
 * @param value the sum; 0 or more
 * @param time the entry at which a sliding window reached it, or the start of a tumbling window
 */
public record Peak(long value, long time) {
  /** The larger one, of equal ones the earlier; null stands for nothing at all. */
  public static Peak larger(Peak a, Peak b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return b.value > a.value || (b.value == a.value && b.time < a.time) ? b : a;
  }

  /** Writes one, or null, for another process. */
  public static void write(DataOutput out, Peak peak) throws IOException {
    out.writeBoolean(peak != null);
    if (peak != null) {
      out.writeLong(peak.value);
      out.writeLong(peak.time);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static Peak read(DataInput in) throws IOException {
    return in.readBoolean() ? new Peak(in.readLong(), in.readLong()) : null;
  }
}
