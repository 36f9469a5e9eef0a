package org.vmtrace.spark.summary;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaPairRDD;
import org.vmtrace.latency.ThreadKey;
import org.vmtrace.latency.summary.RecordingInfo;
import org.vmtrace.latency.summary.Summary;
import org.vmtrace.latency.summary.Summary.MovedRow;
import org.vmtrace.latency.summary.SummaryBuilder;
import org.vmtrace.latency.tally.ThreadTally;
import org.vmtrace.recording.AnalysisChoice;
import org.vmtrace.recording.MovedKeys;
import org.vmtrace.recording.Recording;
import org.vmtrace.spark.cluster.Cluster;
import org.vmtrace.spark.cluster.Packed;
import org.vmtrace.spark.cluster.Shared;
import org.vmtrace.spark.plan.FoundTraces;
import org.vmtrace.spark.plan.TracePlan;
import org.vmtrace.spark.scan.JoinedStream;
import org.vmtrace.spark.scan.MovedSet;
import org.vmtrace.spark.scan.ScanStep;
import org.vmtrace.spark.scan.ThreadOrder;
import org.vmtrace.spark.scan.ThreadPart;
import scala.Tuple2;

/**
 * From scanned splits and joined streams to the summary: tallies are added up by thread on the
 * executors, where threads are finished and gathered; what the driver gets is one summary.
 */
public final class SummaryStep {
  /** Threads that one task finishes, if there are enough of them for all cores. */
  private static final int THREADS_PER_TASK = 32;

  /** Splits whose tallies one task adds up, if there are enough of them for all cores. */
  private static final int SPLITS_PER_TASK = 2048;

  private final Cluster cluster;
  private final TracePlan plan;
  private final AnalysisChoice choice;
  private final List<JoinedStream> streams;
  private final MovedSet moved;

  /**
   * The step.
   *
   * @param streams the joined streams of all recordings
   * @param moved the threads whose tallies are made elsewhere
   */
  public SummaryStep(
      Cluster cluster,
      TracePlan plan,
      AnalysisChoice choice,
      List<JoinedStream> streams,
      MovedSet moved) {
    this.cluster = cluster;
    this.plan = plan;
    this.choice = choice;
    this.streams = streams;
    this.moved = moved;
  }

  /**
   * The summary.
   *
   * @param movedResults the threads that moved
   * @param found what else must be said
   */
  public Summary run(
      ScanStep scan,
      Shared<MovedSet> sharedMoved,
      Shared<List<RecordingInfo>> recordings,
      JavaPairRDD<byte[], byte[]> movedResults,
      FoundTraces found) {
    cluster.describe("sum up");
    JavaPairRDD<byte[], byte[]> parts =
        scan.results()
            .coalesce(Math.max(cluster.parallelism(), plan.splits().size() / SPLITS_PER_TASK))
            .mapPartitionsToPair(new TallyMerge(sharedMoved))
            .union(cluster.spread(joined()))
            .union(movedResults);
    int threads = streams.stream().mapToInt(stream -> stream.threads().size()).sum();
    int tasks = Math.max(1, Math.min(cluster.parallelism(), threads / THREADS_PER_TASK));
    SummaryBuilder summary =
        Packed.unpack(
            parts
                .repartitionAndSortWithinPartitions(
                    new ThreadOrder.Spread(tasks), new ThreadOrder())
                .mapPartitions(new ThreadSummary(recordings, choice.window(), choice.worst()))
                .treeReduce(ThreadSummary::merge));
    found.warnings().forEach(summary::addWarning);
    found.skippedFiles().forEach(summary::addSkippedFile);
    choice.warnings(plan.recordings()).forEach(summary::addWarning);
    addRecordings(summary);
    addMoved(summary);
    return summary.build();
  }

  /** What the joining of the streams told of their threads. */
  private List<Tuple2<byte[], byte[]>> joined() {
    List<Tuple2<byte[], byte[]>> parts = new ArrayList<>();
    for (JoinedStream stream : streams) {
      int recording = stream.stream().recording();
      Set<Long> elsewhere = moved.of(recording);
      for (ThreadTally tally : stream.corrections().threads()) {
        if (!elsewhere.contains(tally.key())) {
          parts.add(new Tuple2<>(ThreadOrder.thread(recording, tally.key()), ThreadPart.of(tally)));
        }
      }
      stream
          .peaks()
          .forEach(
              (key, peaks) -> {
                if (!elsewhere.contains(key)) {
                  parts.add(new Tuple2<>(ThreadOrder.thread(recording, key), ThreadPart.of(peaks)));
                }
              });
    }
    return parts;
  }

  private void addRecordings(SummaryBuilder summary) {
    for (Recording recording : plan.recordings()) {
      summary.addRecording(recording.info());
      recording.kernelStats().forEach(summary::addKernelStats);
      recording.warnings().forEach(summary::addWarning);
    }
    for (JoinedStream stream : streams) {
      summary.addStream(
          plan.recordings().get(stream.stream().recording()).info().name(),
          stream.stream().path(),
          stream.counts());
    }
  }

  private void addMoved(SummaryBuilder summary) {
    Map<Integer, List<JoinedStream>> byRecording =
        streams.stream().collect(Collectors.groupingBy(stream -> stream.stream().recording()));
    moved
        .all()
        .forEach(
            (number, keys) -> {
              RecordingInfo info = plan.recordings().get(number).info();
              for (long key : keys) {
                int pid = ThreadKey.pid(key);
                List<Integer> cpus = cpus(byRecording.get(number), key);
                summary.addMovedThread(new MovedRow(info.name(), pid, info.comm(pid), cpus));
              }
              MovedKeys.clockWarning(info).ifPresent(summary::addWarning);
            });
  }

  /** The CPUs of the streams that have a thread. */
  private static List<Integer> cpus(List<JoinedStream> ofRecording, long key) {
    return ofRecording.stream()
        .filter(stream -> stream.threads().contains(key))
        .map(stream -> stream.stream().cpu())
        .distinct()
        .sorted()
        .toList();
  }
}
