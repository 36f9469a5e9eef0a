package org.vmtrace.spark.scan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.latency.SplitAnalysis;
import org.vmtrace.latency.SplitAnalyzer;
import org.vmtrace.latency.Tallies;
import org.vmtrace.spark.cluster.Kill;
import org.vmtrace.spark.cluster.Packed;
import org.vmtrace.spark.cluster.SharedConfiguration;
import org.vmtrace.spark.input.RingBufferRecordReader;
import org.vmtrace.spark.plan.PlannedSplit;

/**
 * The first task of some splits: decode their pages and reduce them. What merges in any order is
 * added up for all of the task's splits of a recording, and handed over with the last of them.
 */
final class SplitScan implements FlatMapFunction<byte[], ScannedSplit> {
  private static final long serialVersionUID = 1;

  private final Broadcast<SharedConfiguration> conf;
  private final Broadcast<Packed<List<AnalysisRules>>> rules;

  SplitScan(Broadcast<SharedConfiguration> conf, Broadcast<Packed<List<AnalysisRules>>> rules) {
    this.conf = conf;
    this.rules = rules;
  }

  @Override
  public Iterator<ScannedSplit> call(byte[] task) throws IOException {
    List<PlannedSplit> splits = Packed.unpack(task);
    List<ScannedSplit> scanned = new ArrayList<>();
    Tallies tallies = null;
    for (int i = 0; i < splits.size(); i++) {
      PlannedSplit split = splits.get(i);
      AnalysisRules ofRecording = rules.value().get().get(split.recording());
      SplitAnalysis analysis = scan(split, conf.value().get(), ofRecording);
      tallies = tallies == null ? new Tallies(ofRecording) : tallies;
      tallies.addAll(analysis.tallies());
      if (i + 1 == splits.size() || splits.get(i + 1).recording() != split.recording()) {
        scanned.add(new ScannedSplit(split, analysis.edges(), tallies.threads()));
        tallies = null;
      } else {
        scanned.add(new ScannedSplit(split, analysis.edges(), List.of()));
      }
    }
    return scanned.iterator();
  }

  private static SplitAnalysis scan(PlannedSplit split, Configuration conf, AnalysisRules rules)
      throws IOException {
    SplitAnalyzer analyzer = new SplitAnalyzer(rules, split.split().cpu());
    try (RingBufferRecordReader reader = RingBufferRecordReader.open(split.split(), conf)) {
      while (reader.nextKeyValue()) {
        Kill.check();
        analyzer.accept(reader.getCurrentValue());
      }
    }
    return analyzer.finish();
  }
}
