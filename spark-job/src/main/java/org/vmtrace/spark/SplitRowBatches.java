package org.vmtrace.spark;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.io.api.Binary;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.latency.SplitRows;
import org.vmtrace.ring.EventBatch;
import org.vmtrace.spark.output.RecordingNames;
import org.vmtrace.spark.output.RowBatch;
import scala.Tuple2;

/** The rows of some splits. Always the same object, pointed at other rows. */
final class SplitRowBatches extends DecodedSplits<Tuple2<Void, RowBatch>> {
  private final List<AnalysisRules> rules;
  private final List<RowLabels> labels;
  private final MovedSet moved;
  private final Tuple2<Void, RowBatch> batch = new Tuple2<>(null, new RowBatch());
  private SplitRows rows;
  private RecordingNames<Binary> names;
  private int recording = -1;
  private boolean ready;

  /**
   * Rows.
   *
   * @param moved threads whose rows are made elsewhere
   */
  SplitRowBatches(
      List<CarriedSplit> splits,
      Configuration conf,
      List<AnalysisRules> rules,
      List<RowLabels> labels,
      MovedSet moved) {
    super(splits, conf);
    this.rules = rules;
    this.labels = labels;
    this.moved = moved;
  }

  @Override
  void begin(CarriedSplit next) {
    PlannedSplit planned = next.planned();
    if (planned.recording() != recording) {
      recording = planned.recording();
      names = labels.get(recording).names();
    }
    rows =
        new SplitRows(
            rules.get(recording), planned.split().cpu(), next.carry(), moved.of(recording));
  }

  @Override
  void accept(EventBatch events) {
    rows.accept(events);
    show();
  }

  @Override
  void end(CarriedSplit ended) {
    rows.finish();
    show();
  }

  private void show() {
    batch._2().of(names, rows.latencies(), rows.windows());
    ready = rows.latencies().size() > 0 || rows.windows().size() > 0;
  }

  @Override
  boolean ready() {
    return ready;
  }

  @Override
  Tuple2<Void, RowBatch> take() {
    ready = false;
    return batch;
  }
}
