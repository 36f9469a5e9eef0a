package org.vmtrace.latency.tally;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.vmtrace.latency.Latency;
import org.vmtrace.latency.Varints;

/**
 * The worst so many latencies, in an order without ties, so that any order of adding gives the same
 * list.
 */
public final class WorstLatencies {
  private final int limit;
  private final List<Latency> list = new ArrayList<>();
  private long floor = -1;

  /** A list of at most so many, 1 or more. */
  WorstLatencies(int limit) {
    this.limit = limit;
  }

  /** A latency that is shorter than this cannot belong into the list; -1 if any can. */
  public long floor() {
    return floor;
  }

  void add(Latency latency) {
    int at = Collections.binarySearch(list, latency, Latency.WORST_FIRST);
    list.add(at < 0 ? -at - 1 : at, latency);
    if (list.size() > limit) {
      list.remove(limit);
    }
    if (list.size() == limit) {
      floor = list.get(limit - 1).latency();
    }
  }

  void addAll(WorstLatencies other) {
    other.list.forEach(this::add);
  }

  /** The worst one, null where there is none. */
  public Latency first() {
    return list.isEmpty() ? null : list.get(0);
  }

  /** Them, the worst first. */
  public List<Latency> list() {
    return Collections.unmodifiableList(list);
  }

  void write(DataOutput out) throws IOException {
    Varints.write(out, limit);
    Varints.write(out, list.size());
    for (Latency latency : list) {
      latency.write(out);
    }
  }

  static WorstLatencies read(DataInput in) throws IOException {
    WorstLatencies worst = new WorstLatencies((int) Varints.read(in));
    for (long left = Varints.read(in); left > 0; left--) {
      worst.add(Latency.read(in));
    }
    return worst;
  }
}
