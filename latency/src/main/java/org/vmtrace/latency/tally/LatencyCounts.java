package org.vmtrace.latency.tally;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.vmtrace.latency.Varints;

/**
 * How often latencies of each size were seen, in the buckets of an HdrHistogram with three
 * significant digits.
 *
 * <p>One of these exists for every reason of every thread of every split, so that it must be small
 * where few sizes occur: an HdrHistogram for seconds takes 170 KB, this takes a quarter of a
 * kilobyte for each run of 64 buckets that occurs. Percentiles are HdrHistogram's own, from {@link
 * #toHistogram}.
 */
public final class LatencyCounts implements Serializable {
  private static final long serialVersionUID = 1;

  /** Buckets up to twice this are one unit wide; from there on each power of two has so many. */
  private static final int HALF = 1024;

  private static final int HALF_BITS = 10;
  private static final int RUN_BITS = 6;
  private static final int RUN = 1 << RUN_BITS;

  private static final long LOW = 0xffffffffL;

  /** The low 32 bits of the counts: the caches of a core hold twice as many as of whole ones. */
  private int[][] runs = new int[64][];

  /** The high 32 bits of the counts that have any, by bucket. */
  private final Map<Integer, Long> carried = new HashMap<>(0);

  /** Counts one latency, 0 or more. */
  public void add(long value) {
    int index = index(value);
    if (++run(index >> RUN_BITS)[index & (RUN - 1)] == 0) {
      carried.merge(index, 1L, Long::sum);
    }
  }

  /** Adds all counts of another. */
  public void add(LatencyCounts other) {
    for (int r = 0; r < other.runs.length; r++) {
      if (other.runs[r] != null) {
        for (int index = r << RUN_BITS; index < (r + 1) << RUN_BITS; index++) {
          addTo(index, other.count(index));
        }
      }
    }
  }

  /** Adds these counts to a histogram of three significant digits that resizes itself. */
  public void toHistogram(Histogram histogram) {
    for (int r = 0; r < runs.length; r++) {
      if (runs[r] != null) {
        for (int index = r << RUN_BITS; index < (r + 1) << RUN_BITS; index++) {
          long count = count(index);
          if (count != 0) {
            histogram.recordValueWithCount(lowestValue(index), count);
          }
        }
      }
    }
  }

  /** The count of a bucket of a run that exists. */
  private long count(int index) {
    long high = carried.isEmpty() ? 0 : carried.getOrDefault(index, 0L);
    return (high << Integer.SIZE) + (runs[index >> RUN_BITS][index & (RUN - 1)] & LOW);
  }

  private void addTo(int index, long count) {
    int[] run = run(index >> RUN_BITS);
    long low = (run[index & (RUN - 1)] & LOW) + (count & LOW);
    run[index & (RUN - 1)] = (int) low;
    long high = (count >>> Integer.SIZE) + (low >>> Integer.SIZE);
    if (high != 0) {
      carried.merge(index, high, Long::sum);
    }
  }

  private int[] run(int r) {
    int[] run = r < runs.length ? runs[r] : null;
    return run == null ? newRun(r) : run;
  }

  private int[] newRun(int r) {
    if (r >= runs.length) {
      runs = Arrays.copyOf(runs, Math.max(r + 1, runs.length * 2));
    }
    runs[r] = new int[RUN];
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
        long counted = counted(r);
        out.writeLong(counted);
        for (long bits = counted; bits != 0; bits &= bits - 1) {
          Varints.write(out, count((r << RUN_BITS) | Long.numberOfTrailingZeros(bits)));
        }
      }
    }
    Varints.write(out, 0);
  }

  /** A bit for each bucket of a run that has a count. */
  private long counted(int r) {
    long bits = 0;
    for (int i = 0; i < RUN; i++) {
      bits |= count((r << RUN_BITS) | i) == 0 ? 0 : 1L << i;
    }
    return bits;
  }

  static LatencyCounts read(DataInput in) throws IOException {
    LatencyCounts counts = new LatencyCounts();
    for (int r = (int) Varints.read(in); r != 0; r = (int) Varints.read(in)) {
      for (long bits = in.readLong(); bits != 0; bits &= bits - 1) {
        counts.addTo(((r - 1) << RUN_BITS) | Long.numberOfTrailingZeros(bits), Varints.read(in));
      }
    }
    return counts;
  }
}
