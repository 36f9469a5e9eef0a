package org.vmtrace.spark.rows;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.latency.split.SplitRows;
import org.vmtrace.ring.EventBatch;
import org.vmtrace.spark.scan.CarriedSplit;
import org.vmtrace.spark.scan.DecodedSplits;
import org.vmtrace.spark.scan.MovedSet;

/** The latencies and windows of some splits. */
public final class SplitRowCursor extends DecodedSplits<CarriedSplit, TableBatch>
    implements RowCursor {
  private final List<AnalysisRules> rules;
  private final MovedSet moved;
  private final SplitRows.Wanted wanted;
  private final TableBatch batch = new TableBatch();
  private SplitRows rows;
  private int recording;

  /**
   * Rows.
   *
   * @param moved threads whose rows are made elsewhere
   * @param wanted which rows are asked for
   */
  public SplitRowCursor(
      List<CarriedSplit> splits,
      Configuration conf,
      List<AnalysisRules> rules,
      MovedSet moved,
      SplitRows.Wanted wanted) {
    super(splits, CarriedSplit::planned, conf);
    this.rules = rules;
    this.moved = moved;
    this.wanted = wanted;
  }

  @Override
  protected void begin(CarriedSplit next) {
    recording = next.planned().recording();
    rows =
        new SplitRows(
            rules.get(recording),
            next.planned().split().cpu(),
            next.carry(),
            moved.of(recording),
            wanted);
  }

  @Override
  protected void accept(EventBatch events) {
    rows.accept(events);
    giveRows();
  }

  @Override
  protected void end(CarriedSplit ended) {
    rows.finish();
    giveRows();
  }

  private void giveRows() {
    if (rows.latencies().size() > 0 || rows.windows().size() > 0) {
      give(batch.of(recording, rows.latencies(), rows.windows()));
    }
  }
}
