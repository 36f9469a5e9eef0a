package org.vmtrace.spark.rows;

import java.util.List;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.vmtrace.ring.EventBatch;
import org.vmtrace.spark.plan.PlannedSplit;
import org.vmtrace.spark.scan.DecodedSplits;

/** The events of some splits. */
final class SplitEventCursor extends DecodedSplits<PlannedSplit, TableBatch> implements RowCursor {
  private final TableBatch batch = new TableBatch();
  private int recording;

  SplitEventCursor(List<PlannedSplit> splits, Configuration conf) {
    super(splits, Function.identity(), conf);
  }

  @Override
  protected void begin(PlannedSplit next) {
    recording = next.recording();
  }

  @Override
  protected void accept(EventBatch events) {
    if (events.size() > 0) {
      give(batch.of(recording, events));
    }
  }

  @Override
  protected void end(PlannedSplit ended) {}
}
