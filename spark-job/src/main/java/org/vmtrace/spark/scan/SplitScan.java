package org.vmtrace.spark.scan;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.spark.cluster.Packed;
import org.vmtrace.spark.cluster.SharedConfiguration;

/** The first task of some splits: decode their pages and reduce them. */
final class SplitScan implements FlatMapFunction<byte[], ScanPart> {
  private static final long serialVersionUID = 1;

  private final Broadcast<SharedConfiguration> conf;
  private final Broadcast<Packed<List<AnalysisRules>>> rules;
  private final ScanStep.Windows windows;

  SplitScan(
      Broadcast<SharedConfiguration> conf,
      Broadcast<Packed<List<AnalysisRules>>> rules,
      ScanStep.Windows windows) {
    this.conf = conf;
    this.rules = rules;
    this.windows = windows;
  }

  @Override
  public Iterator<ScanPart> call(byte[] task) {
    return new ScanCursor(Packed.unpack(task), conf.value().get(), rules.value().get(), windows);
  }
}
