package org.vmtrace.latency.pair;

/** Makes pairs for the tests of other packages. */
public final class HandMadePairs {
  private final PairBatch pairs;

  /** Room for so many pairs. */
  public HandMadePairs(int capacity) {
    pairs = new PairBatch(capacity);
  }

  /** Appends a pair of the first thread and reason. */
  public void append(long entryTime, long latency, boolean idle) {
    pairs.entryTimes[pairs.size] = entryTime;
    pairs.latencies[pairs.size] = latency;
    pairs.idle[pairs.size++] = idle;
  }

  /** The pairs. */
  public PairBatch batch() {
    return pairs;
  }
}
