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
  private static final int PAGE_BITS = 6;
  private static final int PAGE = 1 << PAGE_BITS;

  private long[][] pages = new long[64][];

  /** Counts one latency, 0 or more. */
  public void add(long value) {
    int index = index(value);
    page(index >> PAGE_BITS)[index & (PAGE - 1)]++;
  }

  /** Adds all counts of another. */
  public void add(LatencyCounts other) {
    for (int p = 0; p < other.pages.length; p++) {
      long[] more = other.pages[p];
      if (more != null) {
        long[] page = page(p);
        for (int i = 0; i < PAGE; i++) {
          page[i] += more[i];
        }
      }
    }
  }

  /** Adds these counts to a histogram of three significant digits that resizes itself. */
  public void toHistogram(Histogram histogram) {
    for (int p = 0; p < pages.length; p++) {
      if (pages[p] != null) {
        for (int i = 0; i < PAGE; i++) {
          if (pages[p][i] != 0) {
            histogram.recordValueWithCount(lowestValue((p << PAGE_BITS) | i), pages[p][i]);
          }
        }
      }
    }
  }

  private long[] page(int p) {
    long[] page = p < pages.length ? pages[p] : null;
    return page == null ? newPage(p) : page;
  }

  private long[] newPage(int p) {
    if (p >= pages.length) {
      pages = Arrays.copyOf(pages, Math.max(p + 1, pages.length * 2));
    }
    pages[p] = new long[PAGE];
    return pages[p];
  }

  private static int index(long value) {
    int shift = Long.SIZE - HALF_BITS - 1 - Long.numberOfLeadingZeros(value | (2 * HALF - 1));
    return (shift << HALF_BITS) + (int) (value >>> shift);
  }

  private static long lowestValue(int index) {
    int shift = Math.max(0, (index >> HALF_BITS) - 1);
    return (long) (index - (shift << HALF_BITS)) << shift;
  }

  /** Writes, of each page, which buckets have counts, then these counts: most are empty. */
  void write(DataOutput out) throws IOException {
    for (int p = 0; p < pages.length; p++) {
      if (pages[p] != null) {
        Varints.write(out, p + 1);
        out.writeLong(counted(pages[p]));
        for (long count : pages[p]) {
          if (count != 0) {
            Varints.write(out, count);
          }
        }
      }
    }
    Varints.write(out, 0);
  }

  /** A bit for each bucket that has a count. */
  private static long counted(long[] page) {
    long bits = 0;
    for (int i = 0; i < PAGE; i++) {
      bits |= page[i] == 0 ? 0 : 1L << i;
    }
    return bits;
  }

  static LatencyCounts read(DataInput in) throws IOException {
    LatencyCounts counts = new LatencyCounts();
    for (int p = (int) Varints.read(in); p != 0; p = (int) Varints.read(in)) {
      long[] page = counts.newPage(p - 1);
      for (long bits = in.readLong(); bits != 0; bits &= bits - 1) {
        page[Long.numberOfTrailingZeros(bits)] = Varints.read(in);
      }
    }
    return counts;
  }
}
