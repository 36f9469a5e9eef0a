package org.vmtrace.recording;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.vmtrace.file.Extent;
import org.vmtrace.file.PageStream;
import org.vmtrace.file.StreamReader;
import org.vmtrace.file.TraceFile;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.latency.split.SplitAnalysis;
import org.vmtrace.latency.split.SplitAnalyzer;
import org.vmtrace.ring.EventBatch;

/**
 * A stream that is cut.
 *
 * @param extents which together hold the stream once
 */
record CutStream(TraceFile file, PageStream stream, List<Extent> extents) {
  /** Rules of an analysis with windows of so many ns. */
  AnalysisRules rules(long window) {
    return new AnalysisChoice(window, 4, Set.of()).rulesFor(file.schema().reasons());
  }

  /** What each of the extents contributes. */
  List<SplitAnalysis> scan(AnalysisRules rules) throws IOException {
    List<SplitAnalysis> splits = new ArrayList<>();
    for (Extent extent : extents) {
      splits.add(analyse(extent, new SplitAnalyzer(rules, stream.cpu())));
    }
    return splits;
  }

  /** What an extent contributes, by an analyzer of its own. */
  SplitAnalysis analyse(Extent extent, SplitAnalyzer analyzer) throws IOException {
    EventBatch batch = new EventBatch(7);
    StreamReader reader = new StreamReader(file, stream, extent);
    while (reader.next(batch)) {
      analyzer.accept(batch);
    }
    return analyzer.finish();
  }
}
