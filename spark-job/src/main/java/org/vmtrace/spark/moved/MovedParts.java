package org.vmtrace.spark.moved;

import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.vmtrace.latency.ThreadKey;
import org.vmtrace.latency.moved.GapFinder;
import org.vmtrace.latency.moved.MovedEvent;
import org.vmtrace.ring.EventBatch;
import org.vmtrace.spark.scan.CarriedSplit;
import org.vmtrace.spark.scan.DecodedSplits;
import org.vmtrace.spark.scan.MovedSet;
import scala.Tuple2;

/**
 * The events of threads that moved, in some splits, and the places where events are missing, once
 * for each such thread of the recording: their keys sort all of them into the order of time.
 */
final class MovedParts extends DecodedSplits<CarriedSplit, Tuple2<byte[], byte[]>> {
  private final MovedSet moved;
  private int recording;
  private Set<Long> threads;
  private GapFinder gaps;

  MovedParts(List<CarriedSplit> splits, Configuration conf, MovedSet moved) {
    super(splits, CarriedSplit::planned, conf);
    this.moved = moved;
  }

  @Override
  protected void begin(CarriedSplit next) {
    recording = next.planned().recording();
    threads = moved.of(recording);
    gaps =
        new GapFinder(
            next.planned().streamInRecording(),
            next.carry().timeBefore(),
            next.planned().split().cut(),
            gap -> threads.forEach(thread -> give(MovedPart.of(recording, thread, gap))));
  }

  @Override
  protected void accept(EventBatch batch) {
    for (int row = 0, rows = batch.size(); row < rows; row++) {
      gaps.accept(batch, row);
      byte kind = batch.kind(row);
      if (kind == EventBatch.EXIT || kind == EventBatch.ENTRY) {
        long thread = ThreadKey.of(batch.thread(row), batch.cpu());
        if (threads.contains(thread)) {
          give(MovedPart.of(recording, thread, MovedEvent.of(batch, row, gaps.place())));
        }
      }
    }
  }

  @Override
  protected void end(CarriedSplit ended) {
    gaps.finish(ended.planned().split().extent().end(), ended.carry().stampAfter());
  }
}
