package org.vmtrace.spark.scan;

import java.io.IOException;
import java.util.Collection;
import org.vmtrace.latency.split.StreamEdges;
import org.vmtrace.latency.tally.ThreadTally;
import org.vmtrace.spark.cluster.Packed;
import org.vmtrace.spark.plan.PlannedSplit;

/** What the scan found in one split, but for its windows. */
public final class ScannedSplit implements ScanPart {
  private static final long serialVersionUID = 1;

  private final int number;
  private final int recording;
  private final byte[] edges;
  private final long[] threads;
  private final byte[][] tallies;

  /**
   * The result of a split.
   *
   * @param split which one
   * @param edges what is joined in the order of the stream
   * @param threads what merges in any order, of this split or of several
   */
  ScannedSplit(PlannedSplit split, StreamEdges edges, Collection<ThreadTally> threads) {
    this(
        split.number(),
        split.recording(),
        Packed.bytes(edges::write),
        threads.stream().mapToLong(ThreadTally::key).toArray(),
        threads.stream().map(ThreadPart::of).toArray(byte[][]::new));
  }

  // Arrays, since Kryo, which the user may have chosen, can neither do records nor copied lists.
  private ScannedSplit(int number, int recording, byte[] edges, long[] threads, byte[][] tallies) {
    this.number = number;
    this.recording = recording;
    this.edges = edges;
    this.threads = threads;
    this.tallies = tallies;
  }

  /** The part that goes to the driver. */
  ScannedSplit withoutTallies() {
    return new ScannedSplit(number, recording, edges, new long[0], new byte[0][]);
  }

  /** The split's number in the plan. */
  int number() {
    return number;
  }

  /** The recording's number in the plan. */
  public int recording() {
    return recording;
  }

  /** What the neighbours must know. */
  public StreamEdges edges() throws IOException {
    return StreamEdges.read(Packed.input(edges));
  }

  /**
   * How many threads have a tally here: of this split, of several, or none ({@link ScanCursor}).
   */
  public int threads() {
    return threads.length;
  }

  /** A thread's {@link org.vmtrace.latency.ThreadKey}. */
  public long thread(int index) {
    return threads[index];
  }

  /** A thread's tally as a {@link ThreadPart}. */
  public byte[] tally(int index) {
    return tallies[index];
  }
}
