package org.vmtrace.latency.split;

import java.util.Set;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.latency.ThreadKey;
import org.vmtrace.latency.pair.LatencyBatch;
import org.vmtrace.latency.pair.PairBatch;
import org.vmtrace.latency.pair.Pairing;
import org.vmtrace.latency.pair.ReasonTable;
import org.vmtrace.latency.window.WindowBatch;
import org.vmtrace.ring.EventBatch;

/**
 * Makes the latency and window rows of one split, batch by batch, with the carry that the scan has
 * found. A latency is made by the split that holds its entry, a window by the split that holds its
 * first latency. Not thread-safe.
 *
 * <p>Memory depends on the number of threads only, but for streams where time steps back: see
 * {@link WindowRows}.
 */
public final class SplitRows {
  private final Wanted wanted;
  private final int cpu;
  private final Pairing pairing;
  private final Pairing.Sink sink = this::pairs;
  private final WindowRows windows;
  private LatencyBatch latencies = new LatencyBatch(0);

  /** Which rows are made. */
  public enum Wanted {
    /** All of them. */
    LATENCIES_AND_WINDOWS,
    /** The windows alone, for less: there are no latencies then. */
    WINDOWS
  }

  /**
   * Rows of a split.
   *
   * @param cpu the stream's CPU
   * @param carry what the neighbours know
   * @param leftOut threads that are dealt with elsewhere, by {@link ThreadKey}
   * @param wanted which rows are made
   */
  public SplitRows(AnalysisRules rules, int cpu, Carry carry, Set<Long> leftOut, Wanted wanted) {
    this.wanted = wanted;
    this.cpu = cpu;
    this.pairing =
        new Pairing(
            new ReasonTable(rules.traits()), cpu, carry.open(), carry.timeBefore(), leftOut);
    this.windows = new WindowRows(rules.window(), carry, pairing);
  }

  /**
   * Takes the next rows of the split; then {@link #latencies()} and {@link #windows()} hold what
   * they finished.
   */
  public void accept(EventBatch batch) {
    if (wanted == Wanted.LATENCIES_AND_WINDOWS && latencies.capacity() < batch.size()) {
      latencies = new LatencyBatch(batch.capacity());
    }
    latencies.clear();
    windows.clear();
    pairing.accept(batch, sink);
  }

  private void pairs(PairBatch pairs, EventBatch in) {
    for (int from = 0, end; from < pairs.size(); from = end) {
      end = pairs.endOfRun(from);
      if (wanted == Wanted.LATENCIES_AND_WINDOWS) {
        latencies.append(pairs, from, end, pairing.thread(pairs.threads()[from]), in, cpu);
      }
      windows.add(pairs, from, end);
    }
  }

  /** Ends the split; then {@link #windows()} holds its last windows. */
  public void finish() {
    latencies.clear();
    windows.clear();
    windows.finish();
  }

  /** The latencies that the last batch finished. */
  public LatencyBatch latencies() {
    return latencies;
  }

  /** The windows that the last batch, or the end, finished. */
  public WindowBatch windows() {
    return windows.rows();
  }
}
