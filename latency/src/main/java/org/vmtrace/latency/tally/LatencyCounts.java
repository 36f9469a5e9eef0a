package org.vmtrace.latency.tally;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import org.HdrHistogram.Histogram;
import org.vmtrace.latency.Varints;

/**
 * How often latencies of each size were seen, in the buckets of an HdrHistogram with three
 * significant digits.
 *
 * <p>One of these exists for every reason of every thread of every split, so that it must be small
 * where few sizes occur: an HdrHistogram for seconds takes 170 KB, this takes half a kilobyte for
 * each run of 64 buckets that occurs. Percentiles are HdrHistogram's own, from {@link
 * #toHistogram}.
 */
public final class LatencyCounts implements Serializable {
  private static final long serialVersionUID = 1;

  /** Buckets up to twice this are one unit wide; from there on each power of two has so many. */
  private static final int HALF = 1024;

  private static final int HALF_BITS = 10;
  private static final int RUN_BITS = 6;
  private static final int RUN = 1 << RUN_BITS;

  private long[][] runs = new long[64][];

  /** Counts one latency, 0 or more. */
  public void add(long value) {
    int index = index(value);
    run(index >> RUN_BITS)[index & (RUN - 1)]++;
  }

  /** Adds all counts of another. */
  public void add(LatencyCounts other) {
    for (int r = 0; r < other.runs.length; r++) {
      long[] more = other.runs[r];
      if (more != null) {
        long[] run = run(r);
        for (int i = 0; i < RUN; i++) {
          run[i] += more[i];
        }
      }
    }
  }

  /** Adds these counts to a histogram of three significant digits that resizes itself. */
  public void toHistogram(Histogram histogram) {
    for (int r = 0; r < runs.length; r++) {
      if (runs[r] != null) {
        for (int i = 0; i < RUN; i++) {
          if (runs[r][i] != 0) {
            histogram.recordValueWithCount(lowestValue((r << RUN_BITS) | i), runs[r][i]);
          }
        }
      }
    }
  }

  private long[] run(int r) {
    long[] run = r < runs.length ? runs[r] : null;
    return run == null ? newRun(r) : run;
  }

  private long[] newRun(int r) {
    if (r >= runs.length) {
      runs = Arrays.copyOf(runs, Math.max(r + 1, runs.length * 2));
    }
    runs[r] = new long[RUN];
    return runs[r];
  }

  private static int index(long value) {
    int shift = Long.SIZE - HALF_BITS - 1 - Long.numberOfLeadingZeros(value | (2 * HALF - 1));
    return (shift << HALF_BITS) + (int) (value >>> shift);
  }

  private static long lowestValue(int index) {
    int shift = Math.max(0, (index >> HALF_BITS) - 1);
    return (long) (index - (shift << HALF_BITS)) << shift;
  }

  /** Writes, of each run, which buckets have counts, then these counts: most are empty. */
  void write(DataOutput out) throws IOException {
    for (int r = 0; r < runs.length; r++) {
      if (runs[r] != null) {
        Varints.write(out, r + 1);
        out.writeLong(counted(runs[r]));
        for (long count : runs[r]) {
          if (count != 0) {
            Varints.write(out, count);
          }
        }
      }
    }
    Varints.write(out, 0);
  }

  /** A bit for each bucket that has a count. */
  private static long counted(long[] run) {
    long bits = 0;
    for (int i = 0; i < RUN; i++) {
      bits |= run[i] == 0 ? 0 : 1L << i;
    }
    return bits;
  }

  static LatencyCounts read(DataInput in) throws IOException {
    LatencyCounts counts = new LatencyCounts();
    for (int r = (int) Varints.read(in); r != 0; r = (int) Varints.read(in)) {
      long[] run = counts.newRun(r - 1);
      for (long bits = in.readLong(); bits != 0; bits &= bits - 1) {
        run[Long.numberOfTrailingZeros(bits)] = Varints.read(in);
      }
    }
    return counts;
  }
}
