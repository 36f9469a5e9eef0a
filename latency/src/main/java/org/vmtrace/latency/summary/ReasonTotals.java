package org.vmtrace.latency.summary;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.vmtrace.latency.Sums;
import org.vmtrace.latency.tally.LatencyCounts;
import org.vmtrace.latency.tally.ReasonTally;
import org.vmtrace.ring.Isa;

/** Adds up the latencies of each reason, over threads and recordings. Not thread-safe. */
final class ReasonTotals implements Serializable {
  private static final long serialVersionUID = 1;

  private final Map<Key, Total> totals = new TreeMap<>();

  private record Key(long code, Isa isa) implements Comparable<Key>, Serializable {
    @Override
    public int compareTo(Key other) {
      int byCode = Long.compare(code, other.code);
      return byCode != 0 ? byCode : isa.compareTo(other.isa);
    }
  }

  private static final class Total implements Serializable {
    private static final long serialVersionUID = 1;
    final LatencyCounts counts = new LatencyCounts();
    final boolean idle;
    String name;
    long latencies;
    long sum;
    long max;

    Total(boolean idle, String name) {
      this.idle = idle;
      this.name = name;
    }

    void add(String otherName, LatencyCounts otherCounts, long latencies, long sum, long max) {
      // Kernels have renamed a few reasons: the first name of the alphabet, whatever comes first.
      name = otherName.compareTo(name) < 0 ? otherName : name;
      counts.add(otherCounts);
      this.latencies += latencies;
      this.sum = Sums.plus(this.sum, sum);
      this.max = Math.max(this.max, max);
    }
  }

  /** Adds what a thread had of a reason, which its recording calls so. */
  void add(ReasonTally tally, String name) {
    totals
        .computeIfAbsent(new Key(tally.code(), tally.isa()), key -> new Total(tally.idle(), name))
        .add(name, tally.counts(), tally.latencies(), tally.sum(), tally.max());
  }

  /** Adds what was added up elsewhere. */
  void add(ReasonTotals others) {
    others.totals.forEach(
        (key, more) ->
            totals
                .computeIfAbsent(key, k -> new Total(more.idle, more.name))
                .add(more.name, more.counts, more.latencies, more.sum, more.max));
  }

  /** A row for each reason, the largest sum first. */
  List<ReasonRow> rows(Percentiles percentiles) {
    return totals.entrySet().stream()
        .map(entry -> row(entry.getKey(), entry.getValue(), percentiles))
        .sorted(ReasonRow.LARGEST_SUM_FIRST)
        .toList();
  }

  private static ReasonRow row(Key key, Total total, Percentiles percentiles) {
    return new ReasonRow(
        total.name,
        key.isa,
        key.code,
        total.idle,
        total.latencies,
        total.sum,
        total.max,
        percentiles.p99(total.counts, total.max));
  }
}
