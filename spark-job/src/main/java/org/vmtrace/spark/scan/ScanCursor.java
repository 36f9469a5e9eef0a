package org.vmtrace.spark.scan;

import java.util.List;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.latency.split.SplitAnalysis;
import org.vmtrace.latency.split.SplitAnalyzer;
import org.vmtrace.latency.tally.Tallies;
import org.vmtrace.latency.window.WindowBatch;
import org.vmtrace.ring.EventBatch;
import org.vmtrace.spark.plan.PlannedSplit;

/**
 * What the scan finds in the splits of one task. What merges in any order is added up for all of
 * the task's splits of a recording, and handed over with the last of them.
 */
final class ScanCursor extends DecodedSplits<PlannedSplit, ScanPart> {
  /** Windows that are handed over together: some 20 bytes each. */
  private static final int WINDOWS_TOGETHER = 8192;

  private final List<PlannedSplit> splits;
  private final List<AnalysisRules> rules;
  private final ScanStep.Windows wanted;
  private int begun;
  private SplitAnalyzer analyzer;
  private WindowBatch windows = new WindowBatch();
  private Tallies tallies;

  ScanCursor(
      List<PlannedSplit> splits,
      Configuration conf,
      List<AnalysisRules> rules,
      ScanStep.Windows wanted) {
    super(splits, Function.identity(), conf);
    this.splits = splits;
    this.rules = rules;
    this.wanted = wanted;
  }

  @Override
  protected void begin(PlannedSplit next) {
    begun++;
    analyzer = new SplitAnalyzer(rules.get(next.recording()), next.split().cpu());
    if (wanted == ScanStep.Windows.KEPT) {
      windows = analyzer.keepWindows();
    }
  }

  @Override
  protected void accept(EventBatch batch) {
    analyzer.accept(batch);
    if (windows.size() >= WINDOWS_TOGETHER) {
      handOverWindows();
    }
  }

  @Override
  protected void end(PlannedSplit split) {
    SplitAnalysis analysis = analyzer.finish();
    if (windows.size() > 0) {
      handOverWindows();
    }
    if (tallies == null) {
      tallies = new Tallies(rules.get(split.recording()));
    }
    tallies.addAll(analysis.tallies());
    boolean last = begun == splits.size() || splits.get(begun).recording() != split.recording();
    give(new ScannedSplit(split, analysis.edges(), last ? tallies.threads() : List.of()));
    if (last) {
      tallies = null;
    }
  }

  private void handOverWindows() {
    give(new KeptWindows(windows));
    windows.clear();
  }
}
