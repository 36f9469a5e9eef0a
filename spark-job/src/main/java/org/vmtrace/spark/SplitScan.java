package org.vmtrace.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.latency.SplitAnalyzer;
import org.vmtrace.spark.input.RingBufferRecordReader;

/** The first task of a split: decode its pages and reduce them. */
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
    for (PlannedSplit split : splits) {
      scanned.add(scan(split, conf.value().get(), rules.value().get().get(split.recording())));
    }
    return scanned.iterator();
  }

  private static ScannedSplit scan(PlannedSplit split, Configuration conf, AnalysisRules rules)
      throws IOException {
    SplitAnalyzer analyzer = new SplitAnalyzer(rules, split.split().cpu());
    try (RingBufferRecordReader reader = RingBufferRecordReader.open(split.split(), conf)) {
      while (reader.nextKeyValue()) {
        Kill.check();
        analyzer.accept(reader.getCurrentValue());
      }
    }
    return new ScannedSplit(split, analyzer.finish());
  }
}
