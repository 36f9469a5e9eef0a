package org.vmtrace.spark.scan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.latency.pair.StreamCounts;
import org.vmtrace.latency.split.Carries;
import org.vmtrace.latency.split.Carry;
import org.vmtrace.latency.split.StreamEdges;
import org.vmtrace.latency.split.ThreadPeaks;
import org.vmtrace.latency.tally.Tallies;
import org.vmtrace.spark.plan.PlannedSplit;
import org.vmtrace.spark.plan.PlannedStream;

/**
 * A stream whose splits' edges have been joined in order: what no split could know alone.
 *
 * @param stream which one
 * @param counts what is counted without regard to threads
 * @param peaks the largest sums of each thread, by {@link org.vmtrace.latency.ThreadKey}
 * @param corrections what the joining adds to the tallies of the splits
 */
public record JoinedStream(
    PlannedStream stream, StreamCounts counts, Map<Long, ThreadPeaks> peaks, Tallies corrections) {

  /**
   * Joins a stream.
   *
   * @param scanned all splits of the plan by number
   */
  static JoinedStream of(PlannedStream stream, ScannedSplit[] scanned, AnalysisRules rules)
      throws IOException {
    Tallies corrections = new Tallies(rules);
    StreamEdges whole = StreamEdges.none(stream.cpu());
    for (PlannedSplit split : stream.splits()) {
      whole = whole.then(scanned[split.number()].edges(), rules, corrections);
    }
    Map<Long, ThreadPeaks> peaks = whole.close(corrections);
    return new JoinedStream(stream, whole.counts(), peaks, corrections);
  }

  /** The threads that had exits or entries in the stream. */
  public Set<Long> threads() {
    return peaks.keySet();
  }

  /** A stream's splits, each with what its neighbours know. */
  static List<CarriedSplit> carried(
      PlannedStream stream, ScannedSplit[] scanned, AnalysisRules rules) throws IOException {
    Carries edges = new Carries(rules);
    for (PlannedSplit split : stream.splits()) {
      edges.add(scanned[split.number()].edges());
    }
    List<Carry> carries = edges.carries();
    List<CarriedSplit> carried = new ArrayList<>();
    for (int i = 0; i < carries.size(); i++) {
      carried.add(new CarriedSplit(stream.splits().get(i), carries.get(i)));
    }
    return carried;
  }
}
