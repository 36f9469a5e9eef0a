package org.vmtrace.spark.scan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.spark.cluster.Cluster;
import org.vmtrace.spark.cluster.Packed;
import org.vmtrace.spark.cluster.Shared;
import org.vmtrace.spark.input.Parallel;
import org.vmtrace.spark.plan.PlannedSplit;
import org.vmtrace.spark.plan.PlannedStream;
import org.vmtrace.spark.plan.TracePlan;

/**
 * The first look at all pages: every split is decoded and reduced. What was found stays with the
 * executors, as bytes; only the edges come to the driver, to be joined in the order of the streams.
 */
public final class ScanStep implements AutoCloseable {
  private final TracePlan plan;
  private final ScannedSplit[] scanned;
  private final JavaRDD<ScanPart> parts;

  /** What becomes of the tumbling windows that a scan goes through. */
  public enum Windows {
    /** They are forgotten. */
    DROPPED,
    /** They are kept with the rest, so that they can be written without a second look. */
    KEPT
  }

  /** Scans all splits of a plan, packed into tasks of about so many bytes. */
  public ScanStep(
      Cluster cluster,
      TracePlan plan,
      Shared<List<AnalysisRules>> rules,
      Windows windows,
      long taskBytes) {
    this.plan = plan;
    Shared<Configuration> conf = cluster.conf();
    cluster.describe("scan " + plan.splits().size() + " splits");
    parts =
        cluster
            .tasks(
                TracePlan.pack(plan.splits(), PlannedSplit::split, taskBytes), PlannedSplit::split)
            .flatMap(task -> new ScanCursor(Packed.unpack(task), conf.get(), rules.get(), windows))
            .persist(StorageLevel.DISK_ONLY());
    scanned = new ScannedSplit[plan.splits().size()];
    for (ScannedSplit split : results().map(ScannedSplit::withoutTallies).collect()) {
      scanned[split.number()] = split;
    }
  }

  /** What was found but for windows, split by split in any order; read from where it is kept. */
  public JavaRDD<ScannedSplit> results() {
    return parts.filter(ScannedSplit.class::isInstance).map(ScannedSplit.class::cast);
  }

  /** All that was found: a partition holds the splits of one task, in the order of the plan. */
  public JavaRDD<ScanPart> parts() {
    return parts;
  }

  /** Joins the edges of every stream. */
  public List<JoinedStream> join() throws IOException {
    return Parallel.map(
        plan.streams(),
        Runtime.getRuntime().availableProcessors(),
        stream -> JoinedStream.of(stream, scanned, plan.rules().get(stream.recording())));
  }

  /** The splits of some streams, each with what its neighbours know, in the order of the plan. */
  public List<CarriedSplit> carried(List<PlannedStream> streams) throws IOException {
    List<CarriedSplit> carried = new ArrayList<>();
    Parallel.map(
            streams,
            Runtime.getRuntime().availableProcessors(),
            stream -> JoinedStream.carried(stream, scanned, plan.rules().get(stream.recording())))
        .forEach(carried::addAll);
    return carried;
  }

  /** What the scan found at the edges of a split. */
  public ScannedSplit found(PlannedSplit split) {
    return scanned[split.number()];
  }

  /** Lets the executors forget what was found. */
  @Override
  public void close() {
    parts.unpersist(false);
  }
}
