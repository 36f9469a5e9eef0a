package org.vmtrace.spark.summary;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.vmtrace.latency.summary.RecordingInfo;
import org.vmtrace.latency.summary.SummaryBuilder;
import org.vmtrace.spark.cluster.Packed;
import org.vmtrace.spark.cluster.Shared;
import org.vmtrace.spark.scan.ThreadOrder;
import org.vmtrace.spark.scan.ThreadPart;
import scala.Tuple2;

/**
 * Finishes threads, whose parts come in one run, and gathers them into the summary of the
 * partition: one thread is in memory at a time.
 */
final class ThreadSummary implements FlatMapFunction<Iterator<Tuple2<byte[], byte[]>>, byte[]> {
  private static final long serialVersionUID = 1;

  private final Shared<List<RecordingInfo>> recordings;
  private final long window;
  private final int worst;

  ThreadSummary(Shared<List<RecordingInfo>> recordings, long window, int worst) {
    this.recordings = recordings;
    this.window = window;
    this.worst = worst;
  }

  @Override
  public Iterator<byte[]> call(Iterator<Tuple2<byte[], byte[]>> parts) throws IOException {
    SummaryBuilder summary = new SummaryBuilder(window, worst);
    byte[] thread = null;
    ThreadPart part = new ThreadPart();
    while (parts.hasNext()) {
      Tuple2<byte[], byte[]> next = parts.next();
      if (thread != null && !ThreadOrder.sameThread(thread, next._1())) {
        finish(summary, thread, part);
        part = new ThreadPart();
      }
      thread = next._1();
      part.add(next._2());
    }
    if (thread != null) {
      finish(summary, thread, part);
    }
    return List.of(Packed.pack(summary)).iterator();
  }

  private void finish(SummaryBuilder summary, byte[] thread, ThreadPart part) throws IOException {
    summary.addThread(recordings.get().get(ThreadOrder.recording(thread)), part.result());
  }

  /** Both partitions' summaries in one. */
  static byte[] merge(byte[] a, byte[] b) {
    SummaryBuilder both = Packed.unpack(a);
    SummaryBuilder more = Packed.unpack(b);
    both.merge(more);
    return Packed.pack(both);
  }
}
