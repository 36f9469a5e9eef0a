package org.vmtrace.spark;

import java.util.List;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.vmtrace.ring.EventBatch;

/** The events of some splits. */
final class SplitEventCursor extends DecodedSplits<PlannedSplit, TableBatch> implements RowCursor {
  private final TableBatch batch = new TableBatch();
  private int recording;
  private boolean ready;

  SplitEventCursor(List<PlannedSplit> splits, Configuration conf) {
    super(splits, Function.identity(), conf);
  }

  @Override
  void begin(PlannedSplit next) {
    recording = next.recording();
  }

  @Override
  void accept(EventBatch events) {
    batch.of(recording, events);
    ready = events.size() > 0;
  }

  @Override
  void end(PlannedSplit ended) {}

  @Override
  boolean ready() {
    return ready;
  }

  @Override
  TableBatch take() {
    ready = false;
    return batch;
  }
}
