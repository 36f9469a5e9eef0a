package org.vmtrace.latency;

import java.util.Arrays;
import java.util.Set;
import org.vmtrace.ring.EventBatch;

/**
 * Makes the latency and window rows of one split, batch by batch, with the carry that the scan has
 * found. A latency is made by the split that holds its entry, a window by the split that holds its
 * first latency. Not thread-safe.
 */
public final class SplitRows {
  private final Carry carry;
  private final Pairing pairing;
  private final TumblingWindows tumbling;
  private final WindowBatch windows = new WindowBatch();
  private LatencyBatch latencies = new LatencyBatch(0);
  private TumblingWindows.Current[] current = new TumblingWindows.Current[16];

  /**
   * Rows of a split.
   *
   * @param cpu the stream's CPU
   * @param carry what the neighbours know
   * @param leftOut threads that are dealt with elsewhere, by {@link ThreadKey}
   */
  public SplitRows(AnalysisRules rules, int cpu, Carry carry, Set<Long> leftOut) {
    this.carry = carry;
    this.pairing =
        new Pairing(
            new ReasonTable(rules.traits()), cpu, carry.open(), carry.timeBefore(), leftOut);
    this.tumbling = new TumblingWindows(rules.window(), windows::add);
  }

  /**
   * Takes the next rows of the split; then {@link #latencies()} and {@link #windows()} hold what
   * they finished.
   */
  public void accept(EventBatch batch) {
    if (latencies.capacity() < batch.size()) {
      latencies = new LatencyBatch(batch.capacity());
    }
    latencies.clear();
    windows.clear();
    pairing.accept(batch, latencies);
    for (int row = 0, rows = latencies.size; row < rows; row++) {
      int number = latencies.threadNumbers[row];
      TumblingWindows.Current window = number < current.length ? current[number] : null;
      tumbling.add(
          window == null ? window(number) : window,
          latencies.entryTimes[row],
          latencies.entryTimes[row] - latencies.exitTimes[row],
          latencies.idle[row],
          latencies.epochs[row]);
    }
  }

  /** Ends the split; then {@link #windows()} holds its last windows. */
  public void finish() {
    latencies.clear();
    windows.clear();
    tumbling.finish();
  }

  /** The latencies that the last batch finished. */
  public LatencyBatch latencies() {
    return latencies;
  }

  /** The windows that the last batch, or the end, finished. */
  public WindowBatch windows() {
    return windows;
  }

  private TumblingWindows.Current window(int number) {
    if (number >= current.length) {
      current = Arrays.copyOf(current, Math.max(number + 1, 2 * current.length));
    }
    long key = pairing.state(number).key;
    TumblingWindows.Current window = new TumblingWindows.Current(ThreadKey.pid(key), key);
    window.ownedBefore = carry.ownedWindows().get(key);
    window.addedLater = carry.addedLater().get(key);
    current[number] = window;
    return window;
  }
}
