package org.vmtrace.latency.split;

import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.latency.tally.Tallies;

/**
 * Joins the splits of a stream one after the other, without the copies that {@link
 * SplitAnalysis#then} makes.
 */
public final class StreamJoin {
  private final AnalysisRules rules;
  private final Tallies tallies;
  private StreamEdges edges;

  /** A stream of no split. */
  public StreamJoin(AnalysisRules rules, int cpu) {
    this.rules = rules;
    this.tallies = new Tallies(rules);
    this.edges = StreamEdges.none(cpu);
  }

  /** Adds the next split in the order of the stream. */
  public void add(SplitAnalysis next) {
    tallies.addAll(next.tallies());
    edges = edges.then(next.edges(), rules, tallies);
  }

  /** The result of the stream, all of whose splits were added. */
  public StreamResult close() {
    return new StreamResult(edges.counts(), edges.close(tallies), tallies);
  }
}
