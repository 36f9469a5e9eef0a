package org.vmtrace.spark;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.latency.split.SplitRows;
import org.vmtrace.latency.summary.RecordingInfo;
import org.vmtrace.spark.cluster.Cluster;
import org.vmtrace.spark.cluster.Packed;
import org.vmtrace.spark.cluster.Shared;
import org.vmtrace.spark.output.ResultOutputFormat;
import org.vmtrace.spark.output.RowBatch;
import org.vmtrace.spark.plan.TracePlan;
import org.vmtrace.spark.rows.KeptWindowCursor;
import org.vmtrace.spark.rows.RowBatches;
import org.vmtrace.spark.rows.SplitRowCursor;
import org.vmtrace.spark.scan.CarriedSplit;
import org.vmtrace.spark.scan.MovedSet;
import org.vmtrace.spark.scan.ScanStep;
import scala.Tuple2;

/**
 * Writes the tables, both in one action. Latencies take a second look at all pages: every split is
 * decoded again, with what its neighbours know. Windows alone were kept by the scan, but for
 * streams where time steps back.
 */
final class WriteStep {
  /** Windows are few beside the pages that a task of the scan reads. */
  private static final int SCAN_TASKS_PER_TASK = 32;

  private final Cluster cluster;
  private final Shared<List<AnalysisRules>> rules;
  private final Shared<List<RecordingInfo>> recordings;
  private final Shared<MovedSet> moved;

  WriteStep(
      Cluster cluster,
      Shared<List<AnalysisRules>> rules,
      Shared<List<RecordingInfo>> recordings,
      Shared<MovedSet> moved) {
    this.cluster = cluster;
    this.rules = rules;
    this.recordings = recordings;
    this.moved = moved;
  }

  /**
   * Writes the tables.
   *
   * @param movedRows the rows of threads that moved
   */
  void run(
      TracePlan plan,
      ScanStep scan,
      JavaPairRDD<Void, RowBatch> movedRows,
      JobOptions options,
      Configuration hadoop,
      Path output,
      long taskBytes)
      throws IOException {
    List<CarriedSplit> splits = scan.carried(plan.streams());
    JavaPairRDD<Void, RowBatch> rows;
    if (options.latencies()) {
      rows = decoded(splits, SplitRows.Wanted.LATENCIES_AND_WINDOWS, taskBytes);
    } else {
      rows = keptWindows(splits, scan, taskBytes);
      List<CarriedSplit> notKept =
          splits.stream().filter(split -> !split.carry().steady()).toList();
      if (!notKept.isEmpty()) {
        rows = rows.union(decoded(notKept, SplitRows.Wanted.WINDOWS, taskBytes));
      }
    }
    rows = rows.union(movedRows);
    Job job = Job.getInstance(hadoop);
    job.setOutputFormatClass(ResultOutputFormat.class);
    FileOutputFormat.setOutputPath(job, output);
    ResultOutputFormat.configure(
        job.getConfiguration(), options.latencies(), options.windows(), rows.getNumPartitions());
    cluster.describe("write the tables");
    rows.saveAsNewAPIHadoopDataset(job.getConfiguration());
  }

  private JavaPairRDD<Void, RowBatch> decoded(
      List<CarriedSplit> splits, SplitRows.Wanted wanted, long taskBytes) {
    // Locals: what reads a field would take this step along to the executors.
    Shared<Configuration> conf = cluster.conf();
    Shared<List<AnalysisRules>> rules = this.rules;
    Shared<List<RecordingInfo>> recordings = this.recordings;
    Shared<MovedSet> moved = this.moved;
    return tasks(splits, taskBytes)
        .flatMapToPair(
            task ->
                new RowBatches(
                    new SplitRowCursor(
                        Packed.unpack(task), conf.get(), rules.get(), moved.get(), wanted),
                    recordings.get()));
  }

  /** The windows that the scan has kept: its partitions beside the same splits with carries. */
  private JavaPairRDD<Void, RowBatch> keptWindows(
      List<CarriedSplit> splits, ScanStep scan, long taskBytes) {
    Shared<List<RecordingInfo>> recordings = this.recordings;
    Shared<MovedSet> moved = this.moved;
    JavaRDD<Tuple2<Void, RowBatch>> rows =
        scan.parts()
            .zipPartitions(
                tasks(splits, taskBytes),
                (parts, task) ->
                    new RowBatches(
                        new KeptWindowCursor(
                            parts,
                            task.hasNext() ? Packed.unpack(task.next()) : List.of(),
                            moved.get()),
                        recordings.get()));
    return JavaPairRDD.fromJavaRDD(cluster.join(rows, SCAN_TASKS_PER_TASK));
  }

  private JavaRDD<byte[]> tasks(List<CarriedSplit> splits, long taskBytes) {
    return cluster.tasks(
        TracePlan.pack(splits, CarriedSplit::split, taskBytes), CarriedSplit::split);
  }
}
