package org.vmtrace.latency.split;

import java.io.DataOutput;
import java.io.IOException;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.latency.tally.Tallies;

/**
 * What one split contributes, or a run of neighbouring splits. {@link #then} is associative and
 * {@link #none} its identity: any cut of a stream, joined in any bracketing, gives the same to the
 * last bit. Immutable.
 */
public final class SplitAnalysis {
  private final AnalysisRules rules;
  private final StreamEdges edges;
  private final Tallies tallies;

  SplitAnalysis(AnalysisRules rules, StreamEdges edges, Tallies tallies) {
    this.rules = rules;
    this.edges = edges;
    this.tallies = tallies;
  }

  /** No split at all. */
  public static SplitAnalysis none(AnalysisRules rules, int cpu) {
    return new SplitAnalysis(rules, StreamEdges.none(cpu), new Tallies(rules));
  }

  /** This run followed by the run behind it in the stream. */
  public SplitAnalysis then(SplitAnalysis next) {
    Tallies both = new Tallies(rules);
    both.addAll(tallies);
    both.addAll(next.tallies);
    return new SplitAnalysis(rules, edges.then(next.edges, rules, both), both);
  }

  /** The result of a stream that this run is all of. */
  public StreamResult close() {
    StreamJoin whole = new StreamJoin(rules, edges.cpu());
    whole.add(this);
    return whole.close();
  }

  /** The part that must be joined in order: small. */
  public StreamEdges edges() {
    return edges;
  }

  /** The part that merges in any order: the bulk. */
  public Tallies tallies() {
    return tallies;
  }

  /** Writes it: the same bytes for the same numbers. */
  public void write(DataOutput out) throws IOException {
    edges.write(out);
    tallies.write(out);
  }
}
