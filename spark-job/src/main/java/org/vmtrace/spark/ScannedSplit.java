package org.vmtrace.spark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.vmtrace.latency.StreamEdges;
import org.vmtrace.latency.ThreadTally;

/**
 * What the scan found in one split, as bytes: the same whoever keeps it, in memory or on disk, and
 * merging cannot change what is kept.
 */
final class ScannedSplit implements Serializable {
  private static final long serialVersionUID = 1;

  private final int number;
  private final int recording;
  private final byte[] edges;
  private final byte[] tallies;

  /**
   * The result of a split.
   *
   * @param split which one
   * @param edges what is joined in the order of the stream
   * @param threads what merges in any order, of this split or of several
   */
  ScannedSplit(PlannedSplit split, StreamEdges edges, Collection<ThreadTally> threads)
      throws IOException {
    this.number = split.number();
    this.recording = split.recording();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    edges.write(new DataOutputStream(bytes));
    this.edges = bytes.toByteArray();
    bytes.reset();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(threads.size());
    for (ThreadTally tally : threads) {
      tally.write(out);
    }
    this.tallies = bytes.toByteArray();
  }

  private ScannedSplit(int number, int recording, byte[] edges) {
    this.number = number;
    this.recording = recording;
    this.edges = edges;
    this.tallies = new byte[0];
  }

  /** The part that goes to the driver. */
  ScannedSplit withoutTallies() {
    return new ScannedSplit(number, recording, edges);
  }

  /** The split's number in the plan. */
  int number() {
    return number;
  }

  /** The recording's number in the plan. */
  int recording() {
    return recording;
  }

  StreamEdges edges() throws IOException {
    return StreamEdges.read(new DataInputStream(new ByteArrayInputStream(edges)));
  }

  List<ThreadTally> tallies() throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(tallies));
    List<ThreadTally> read = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      read.add(ThreadTally.read(in));
    }
    return read;
  }
}
