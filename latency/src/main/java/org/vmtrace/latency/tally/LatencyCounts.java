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
      carry(index, 1);
    }
  }

  /** Adds all counts of another. */
  public void add(LatencyCounts other) {
    for (int r = 0; r < other.runs.length; r++) {
      int[] more = other.runs[r];
      if (more != null) {
        int[] run = run(r);
        for (int i = 0; i < RUN; i++) {
          long low = (run[i] & LOW) + (more[i] & LOW);
          run[i] = (int) low;
          if (low > LOW) {
            carry((r << RUN_BITS) | i, 1);
          }
        }
      }
    }
    other.carried.forEach(this::carry);
  }

  /** Adds these counts to a histogram of three significant digits that resizes itself. */
  public void toHistogram(Histogram histogram) {
    for (int r = 0; r < runs.length; r++) {
      if (runs[r] != null) {
        for (int i = 0; i < RUN; i++) {
          if (runs[r][i] != 0) {
            histogram.recordValueWithCount(lowestValue((r << RUN_BITS) | i), runs[r][i] & LOW);
          }
        }
      }
    }
    carried.forEach(
        (index, high) -> histogram.recordValueWithCount(lowestValue(index), high << Integer.SIZE));
  }

  private void carry(int index, long high) {
    carried.merge(index, high, Long::sum);
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
          int i = Long.numberOfTrailingZeros(bits);
          long high = carried.getOrDefault((r << RUN_BITS) | i, 0L);
          Varints.write(out, (high << Integer.SIZE) | (runs[r][i] & LOW));
        }
      }
    }
    Varints.write(out, 0);
  }

  /** A bit for each bucket of a run that has a count. */
  private long counted(int r) {
    long bits = 0;
    for (int i = 0; i < RUN; i++) {
      bits |= runs[r][i] == 0 ? 0 : 1L << i;
    }
    for (int index : carried.keySet()) {
      bits |= index >> RUN_BITS == r ? 1L << (index & (RUN - 1)) : 0;
    }
    return bits;
  }

  static LatencyCounts read(DataInput in) throws IOException {
    LatencyCounts counts = new LatencyCounts();
    for (int r = (int) Varints.read(in); r != 0; r = (int) Varints.read(in)) {
      int[] run = counts.newRun(r - 1);
      for (long bits = in.readLong(); bits != 0; bits &= bits - 1) {
        int i = Long.numberOfTrailingZeros(bits);
        long count = Varints.read(in);
        run[i] = (int) count;
        if (count > LOW) {
          counts.carry(((r - 1) << RUN_BITS) | i, count >>> Integer.SIZE);
        }
      }
    }
    return counts;
  }
}
