package org.vmtrace.spark.scan;

import java.io.DataInput;
import java.io.IOException;
import org.vmtrace.latency.split.ThreadPeaks;
import org.vmtrace.latency.split.ThreadResult;
import org.vmtrace.latency.tally.ThreadTally;
import org.vmtrace.spark.cluster.Packed;

/**
 * Gathers what is known of one thread from parts that come in any order: tallies, which add up, and
 * the peaks, which come once. Not thread-safe.
 */
public final class ThreadPart {
  private static final int TALLY = 1;
  private static final int PEAKS = 2;

  /** The first tally: nearly always the only one, which then nobody has to look into. */
  private byte[] only;

  private ThreadTally tally;
  private ThreadPeaks peaks;

  /** A part that is a tally, as bytes. */
  public static byte[] of(ThreadTally tally) {
    return Packed.bytes(
        out -> {
          out.writeByte(TALLY);
          tally.write(out);
        });
  }

  /** A part that is the peaks, as bytes. */
  public static byte[] of(ThreadPeaks peaks) {
    return Packed.bytes(
        out -> {
          out.writeByte(PEAKS);
          peaks.write(out);
        });
  }

  /** Adds a part. */
  public void add(byte[] part) throws IOException {
    if (part[0] == PEAKS) {
      DataInput in = content(part);
      peaks = ThreadPeaks.read(in);
    } else if (only == null && tally == null) {
      only = part;
    } else {
      open().add(ThreadTally.read(content(part)));
    }
  }

  /** All tallies that were added, as one part. */
  public byte[] sum() {
    return only == null ? of(tally) : only;
  }

  /** The thread, all of whose parts were added. */
  public ThreadResult result() throws IOException {
    return new ThreadResult(open(), peaks);
  }

  private ThreadTally open() throws IOException {
    if (only != null) {
      tally = ThreadTally.read(content(only));
      only = null;
    }
    return tally;
  }

  /** What stands after the first byte, which tells the kind of a part. */
  private static DataInput content(byte[] part) throws IOException {
    DataInput in = Packed.input(part);
    in.skipBytes(1);
    return in;
  }
}
