package org.vmtrace.spark;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.latency.summary.RecordingInfo;
import org.vmtrace.latency.summary.Summary;
import org.vmtrace.spark.cluster.Cluster;
import org.vmtrace.spark.cluster.Failures;
import org.vmtrace.spark.cluster.Shared;
import org.vmtrace.spark.input.InputProperties;
import org.vmtrace.spark.moved.MovedStep;
import org.vmtrace.spark.plan.FoundTraces;
import org.vmtrace.spark.plan.TracePlan;
import org.vmtrace.spark.plan.TraceSearch;
import org.vmtrace.spark.plan.UserPaths;
import org.vmtrace.spark.scan.JoinedStream;
import org.vmtrace.spark.scan.MovedSet;
import org.vmtrace.spark.scan.ScanStep;
import org.vmtrace.spark.scan.SeenThreads;
import org.vmtrace.spark.summary.SummaryStep;

/**
 * The job: finds traces, scans their splits, joins what was found, writes rows and summary.
 *
 * <p>Scan and write are plain Spark actions with ordinary results: no accumulators, no side files,
 * nothing read past a split's end. A task that is tried again or runs twice changes nothing, and
 * neither does the number of splits or tasks.
 */
public final class VmTraceJob {
  private final JavaSparkContext context;
  private final JobOptions options;
  private final Configuration conf;

  /** A job that has not begun. */
  public VmTraceJob(JavaSparkContext context, JobOptions options) {
    this.context = context;
    this.options = options;
    this.conf = new Configuration(context.hadoopConfiguration());
    InputProperties.set(conf, options.reading());
  }

  /**
   * Runs it.
   *
   * @return the summary, which then also lies in the output folder
   * @throws IOException if an input cannot be read or is no trace, or if the output may not be
   *     written; what was there is then unchanged unless the scan had succeeded
   */
  public Summary run() throws IOException {
    ResultFolder folder =
        ResultFolder.claim(
            options.output(), UserPaths.of(options.output(), conf), options.overwrite(), conf);
    try {
      return analyse(folder);
    } catch (Exception e) { // Spark throws exceptions that it does not declare
      throw folder.failed(Failures.of(e));
    }
  }

  private Summary analyse(ResultFolder folder) throws IOException {
    Cluster cluster = new Cluster(context, conf);
    FoundTraces found =
        new TraceSearch(cluster, conf, options.splitBytes(), options.badFiles())
            .search(options.inputs());
    TracePlan plan = TracePlan.of(found.traces(), options.choice());
    Shared<List<AnalysisRules>> rules = cluster.share(plan.rules());
    try (ScanStep scan = new ScanStep(cluster, plan, rules, windows(), found.taskBytes())) {
      return finish(cluster, plan, rules, scan, folder, found);
    }
  }

  /** With latencies the pages are looked at twice, and the second look makes the windows too. */
  private ScanStep.Windows windows() {
    return options.windows() && !options.latencies()
        ? ScanStep.Windows.KEPT
        : ScanStep.Windows.DROPPED;
  }

  private Summary finish(
      Cluster cluster,
      TracePlan plan,
      Shared<List<AnalysisRules>> rules,
      ScanStep scan,
      ResultFolder folder,
      FoundTraces found)
      throws IOException {
    long taskBytes = found.taskBytes();
    List<JoinedStream> streams = scan.join();
    MovedSet movedSet = MovedSet.among(streams);
    Shared<MovedSet> sharedMoved = cluster.share(movedSet);
    MovedStep moved = new MovedStep(cluster, plan, scan, sharedMoved, rules, taskBytes);
    Shared<List<RecordingInfo>> recordings = cluster.share(SeenThreads.recordings(plan, streams));
    Summary summary =
        new SummaryStep(cluster, plan, options.choice(), streams, movedSet)
            .run(scan, sharedMoved, recordings, moved.results(), found);
    folder.clear();
    if (options.latencies() || options.windows()) {
      new WriteStep(cluster, rules, recordings, sharedMoved)
          .run(plan, scan, moved.rows(recordings), options, conf, folder.path(), taskBytes);
    } else {
      folder.markWithoutTables(conf);
    }
    folder.finish(summary);
    return summary;
  }
}
