package org.vmtrace.spark;

import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.vmtrace.latency.Peak;
import org.vmtrace.latency.ThreadPeaks;
import org.vmtrace.latency.ThreadResult;
import org.vmtrace.latency.ThreadTally;

/**
 * Gathers what is known of one thread from parts that come in any order: tallies, which add up, and
 * the peaks, which come once. Not thread-safe.
 */
final class ThreadPart {
  private static final int TALLY = 1;
  private static final int PEAKS = 2;

  private ThreadTally tally;
  private ThreadPeaks peaks;

  /** A part that is a tally, as bytes. */
  static byte[] of(ThreadTally tally) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    try {
      out.writeByte(TALLY);
      tally.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A part that is the peaks, as bytes. */
  static byte[] of(ThreadPeaks peaks) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    try {
      out.writeByte(PEAKS);
      write(out, peaks.sliding());
      write(out, peaks.busySliding());
      write(out, peaks.tumbling());
      write(out, peaks.busyTumbling());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Adds a part. */
  void add(byte[] part) throws IOException {
    DataInput in = ScannedSplit.input(part);
    if (in.readByte() == PEAKS) {
      peaks = new ThreadPeaks(read(in), read(in), read(in), read(in));
      return;
    }
    ThreadTally more = ThreadTally.read(in);
    if (tally == null) {
      tally = more;
    } else {
      tally.add(more);
    }
  }

  /** The thread, all of whose parts were added. */
  ThreadResult result() {
    return new ThreadResult(tally, peaks);
  }

  private static void write(DataOutputStream out, Peak peak) throws IOException {
    out.writeBoolean(peak != null);
    if (peak != null) {
      out.writeLong(peak.value());
      out.writeLong(peak.time());
    }
  }

  private static Peak read(DataInput in) throws IOException {
    return in.readBoolean() ? new Peak(in.readLong(), in.readLong()) : null;
  }
}
