package org.vmtrace.spark;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.broadcast.Broadcast;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.latency.SplitRows;
import org.vmtrace.spark.cluster.Packed;
import org.vmtrace.spark.cluster.SharedConfiguration;
import org.vmtrace.spark.cluster.Workers;
import org.vmtrace.spark.output.ResultOutputFormat;
import org.vmtrace.spark.output.RowBatch;
import org.vmtrace.spark.plan.TracePlan;
import org.vmtrace.spark.rows.RowBatches;
import org.vmtrace.spark.rows.RowLabels;
import org.vmtrace.spark.rows.SplitRowCursor;
import org.vmtrace.spark.scan.CarriedSplit;
import org.vmtrace.spark.scan.MovedSet;
import org.vmtrace.spark.scan.ScanStep;

/**
 * The second look at all pages: every split is decoded again, with what its neighbours know, and
 * its rows are written; both tables in one action.
 */
final class WriteStep {
  private final Workers workers;
  private final Broadcast<Packed<List<AnalysisRules>>> rules;
  private final Broadcast<Packed<List<RowLabels>>> labels;
  private final Broadcast<Packed<MovedSet>> moved;

  WriteStep(
      Workers workers,
      Broadcast<Packed<List<AnalysisRules>>> rules,
      Broadcast<Packed<List<RowLabels>>> labels,
      Broadcast<Packed<MovedSet>> moved) {
    this.workers = workers;
    this.rules = rules;
    this.labels = labels;
    this.moved = moved;
  }

  /**
   * Writes the tables.
   *
   * @param movedRows the rows of threads that moved; null if none did
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
    Broadcast<SharedConfiguration> conf = workers.conf();
    Broadcast<Packed<List<AnalysisRules>>> rules = this.rules;
    Broadcast<Packed<List<RowLabels>>> labels = this.labels;
    Broadcast<Packed<MovedSet>> moved = this.moved;
    SplitRows.Wanted wanted =
        options.latencies() ? SplitRows.Wanted.LATENCIES_AND_WINDOWS : SplitRows.Wanted.WINDOWS;
    JavaPairRDD<Void, RowBatch> rows =
        workers
            .tasks(
                TracePlan.pack(scan.carried(plan.streams()), CarriedSplit::split, taskBytes),
                CarriedSplit::split)
            .flatMapToPair(
                task -> {
                  List<CarriedSplit> splits = Packed.unpack(task);
                  return new RowBatches(
                      new SplitRowCursor(
                          splits,
                          conf.value().get(),
                          rules.value().get(),
                          moved.value().get(),
                          wanted),
                      labels.value().get());
                });
    if (movedRows != null) {
      rows = rows.union(movedRows);
    }
    Job job = Job.getInstance(hadoop);
    job.setOutputFormatClass(ResultOutputFormat.class);
    FileOutputFormat.setOutputPath(job, output);
    ResultOutputFormat.configure(
        job.getConfiguration(), options.latencies(), options.windows(), rows.getNumPartitions());
    workers.describe("write the tables");
    rows.saveAsNewAPIHadoopDataset(job.getConfiguration());
  }
}
