package org.vmtrace.spark.moved;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaPairRDD;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.latency.split.StreamEdges;
import org.vmtrace.latency.summary.RecordingInfo;
import org.vmtrace.spark.cluster.Cluster;
import org.vmtrace.spark.cluster.Packed;
import org.vmtrace.spark.cluster.Shared;
import org.vmtrace.spark.output.RowBatch;
import org.vmtrace.spark.plan.PlannedStream;
import org.vmtrace.spark.plan.TracePlan;
import org.vmtrace.spark.rows.RowBatches;
import org.vmtrace.spark.rows.TableBatch;
import org.vmtrace.spark.scan.CarriedSplit;
import org.vmtrace.spark.scan.MovedSet;
import org.vmtrace.spark.scan.ScanStep;
import org.vmtrace.spark.scan.ThreadOrder;
import org.vmtrace.spark.scan.ThreadPart;
import scala.Tuple2;

/**
 * Threads that were seen on more than one stream of their recording. They cannot be paired stream
 * by stream: their events are picked out of the splits that hold any, brought together by thread
 * and sorted by time, by one shuffle that serves the summary and the rows.
 */
public final class MovedStep {
  private final JavaPairRDD<byte[], byte[]> sorted;
  private final Shared<List<AnalysisRules>> rules;

  /**
   * Finds their events. It reads the splits that hold any once more; without such threads there is
   * nothing to run.
   *
   * @param shared the threads that moved
   * @param rules the rules of each recording
   * @param taskBytes bytes of splits that one task reads, about
   * @throws IOException if the edges of the scan cannot be read
   */
  public MovedStep(
      Cluster cluster,
      TracePlan plan,
      ScanStep scan,
      Shared<MovedSet> shared,
      Shared<List<AnalysisRules>> rules,
      long taskBytes)
      throws IOException {
    this.rules = rules;
    MovedSet moved = shared.get();
    if (moved.isEmpty()) {
      sorted = JavaPairRDD.fromJavaRDD(cluster.context().emptyRDD());
      return;
    }
    List<PlannedStream> streams =
        plan.streams().stream().filter(stream -> !moved.of(stream.recording()).isEmpty()).toList();
    List<CarriedSplit> splits = new ArrayList<>();
    for (CarriedSplit split : scan.carried(streams)) {
      StreamEdges edges = scan.found(split.planned()).edges();
      if (concerns(split, edges, moved.of(split.planned().recording()))) {
        splits.add(split);
      }
    }
    List<byte[]> threads = new ArrayList<>();
    moved
        .all()
        .forEach(
            (number, keys) -> keys.forEach(key -> threads.add(ThreadOrder.thread(number, key))));
    Shared<Configuration> conf = cluster.conf();
    sorted =
        cluster
            .tasks(TracePlan.pack(splits, CarriedSplit::split, taskBytes), CarriedSplit::split)
            .flatMapToPair(
                task -> {
                  List<CarriedSplit> some = Packed.unpack(task);
                  return new MovedParts(some, conf.get(), shared.get());
                })
            .repartitionAndSortWithinPartitions(
                new ThreadOrder.Runs(threads, Math.min(threads.size(), 4 * cluster.parallelism())),
                new ThreadOrder());
  }

  /** Whether a split holds such a thread, or a place where events of one may be missing. */
  private static boolean concerns(CarriedSplit split, StreamEdges edges, Set<Long> moved) {
    Set<Long> shared = new TreeSet<>(edges.threadKeys());
    shared.retainAll(moved);
    return !shared.isEmpty()
        || split.split().cut()
        || edges.counts().lostPlaces() > 0
        || edges.counts().damagedPages() > 0;
  }

  /** Tallies and peaks of these threads, as {@link ThreadPart}s by thread. */
  public JavaPairRDD<byte[], byte[]> results() {
    Shared<List<AnalysisRules>> rules = this.rules;
    return sorted.mapPartitionsToPair(parts -> results(parts, rules.get()));
  }

  private static Iterator<Tuple2<byte[], byte[]>> results(
      Iterator<Tuple2<byte[], byte[]>> parts, List<AnalysisRules> rules) {
    MovedWalk walk = new MovedWalk(parts, rules);
    List<Tuple2<byte[], byte[]>> results = new ArrayList<>();
    while (walk.hasNext()) {
      walk.next();
      if (walk.result() != null) {
        byte[] thread = ThreadOrder.thread(walk.recording(), walk.thread());
        results.add(new Tuple2<>(thread, ThreadPart.of(walk.result().tally())));
        results.add(new Tuple2<>(thread, ThreadPart.of(walk.result().peaks())));
      }
    }
    return results.iterator();
  }

  /** The rows of these threads, thread by thread. */
  public JavaPairRDD<Void, RowBatch> rows(Shared<List<RecordingInfo>> recordings) {
    Shared<List<AnalysisRules>> rules = this.rules;
    return sorted.mapPartitionsToPair(
        parts -> new RowBatches(rows(new MovedWalk(parts, rules.get())), recordings.get()));
  }

  private static Iterator<TableBatch> rows(MovedWalk walk) {
    TableBatch batch = new TableBatch();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return walk.hasNext();
      }

      @Override
      public TableBatch next() {
        walk.next();
        return batch.of(walk.recording(), walk.rows().latencies(), walk.rows().windows());
      }
    };
  }
}
