package org.vmtrace.spark.rows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.latency.split.SplitRows;
import org.vmtrace.latency.summary.RecordingInfo;
import org.vmtrace.recording.AnalysisChoice;
import org.vmtrace.recording.BadFiles;
import org.vmtrace.recording.Recording;
import org.vmtrace.spark.cluster.Cluster;
import org.vmtrace.spark.cluster.Failures;
import org.vmtrace.spark.cluster.Shared;
import org.vmtrace.spark.input.InputProperties;
import org.vmtrace.spark.plan.FoundTraces;
import org.vmtrace.spark.plan.PlannedSplit;
import org.vmtrace.spark.plan.SplitFacts;
import org.vmtrace.spark.plan.TracePlan;
import org.vmtrace.spark.plan.TraceSearch;
import org.vmtrace.spark.scan.CarriedSplit;
import org.vmtrace.spark.scan.MovedSet;
import org.vmtrace.spark.scan.ScanStep;

/**
 * The tables of some traces, cut into tasks for whoever wants to read them: the data source.
 *
 * <p>The files are listed, and their headers read, once. Recordings are scanned when their
 * latencies or windows are first asked for, and what the scan found is kept. Thread-safe.
 */
public final class TraceTables {
  private static final Logger LOG = LoggerFactory.getLogger(TraceTables.class);

  private final Cluster cluster;
  private final FoundTraces found;
  private final TracePlan plan;
  private final Shared<List<AnalysisRules>> rules;
  private final Shared<List<RecordingInfo>> infos;
  private final Map<Integer, ScannedRecording> scanned = new HashMap<>();

  private TraceTables(Cluster cluster, FoundTraces found, TracePlan plan) {
    this.cluster = cluster;
    this.found = found;
    this.plan = plan;
    this.rules = cluster.share(plan.rules());
    this.infos = cluster.share(plan.recordings().stream().map(Recording::info).toList());
  }

  /**
   * Finds traces and reads their headers.
   *
   * @param inputs files, folders and globs, on any Hadoop file system
   * @param splitBytes bytes of a split, rounded up to whole pages; 0: chosen for the input and
   *     Spark's cores
   * @param reading how to read the files
   * @param choice what windows and latencies are
   * @param badFiles what becomes of files that cannot be read; those that are skipped are logged
   * @throws IOException if an input is not there, cannot be read or is no trace; one line
   */
  public static TraceTables find(
      JavaSparkContext context,
      List<String> inputs,
      long splitBytes,
      OpenOptions reading,
      AnalysisChoice choice,
      BadFiles badFiles)
      throws IOException {
    Configuration conf = new Configuration(context.hadoopConfiguration());
    InputProperties.set(conf, reading);
    Cluster cluster = new Cluster(context, conf);
    String description = cluster.description();
    try {
      FoundTraces found = new TraceSearch(cluster, conf, splitBytes, badFiles).search(inputs);
      found.warnings().forEach(LOG::warn);
      found.skippedFiles().forEach(file -> LOG.warn("skipped {}: {}", file.path(), file.reason()));
      TracePlan plan = TracePlan.of(found.traces(), choice);
      choice.warnings(plan.recordings()).forEach(LOG::warn);
      plan.recordings().forEach(recording -> recording.warnings().forEach(LOG::warn));
      return new TraceTables(cluster, found, plan);
    } catch (Exception e) { // Spark throws exceptions that it does not declare
      throw Failures.of(e);
    } finally {
      cluster.describeAgain(description);
    }
  }

  /** Bytes of pages in all traces. */
  public long bytes() {
    return plan.splits().stream().mapToLong(split -> split.split().getLength()).sum();
  }

  /**
   * The tables of events.
   *
   * @param recordings the recordings that are wanted
   * @param splits the splits that are wanted; nothing is known of their threads and times
   */
  public TableTasks events(Predicate<RecordingInfo> recordings, Predicate<SplitFacts> splits) {
    List<PlannedSplit> wanted = new ArrayList<>();
    for (PlannedSplit split : plan.only(numbers(recordings)).splits()) {
      RecordingInfo info = plan.recordings().get(split.recording()).info();
      if (splits.test(SplitFacts.of(info, split.split().cpu()))) {
        wanted.add(split);
      }
    }
    List<RowTask> tasks = new ArrayList<>();
    for (List<PlannedSplit> task : TracePlan.pack(wanted, PlannedSplit::split, found.taskBytes())) {
      tasks.add(new RowTask(new RowWork.Events(task), cluster.hosts(task.get(0).split())));
    }
    return new TableTasks(tasks, new RowReaders(cluster.conf(), rules, infos));
  }

  /**
   * The tables of latencies and windows, which are made together. Scans the recordings that are
   * wanted and have not been scanned yet.
   *
   * @param recordings the recordings that are wanted
   * @param splits the splits that are wanted
   * @param rows which rows are wanted
   * @throws IOException if the scan fails; one line
   */
  public TableTasks rows(
      Predicate<RecordingInfo> recordings, Predicate<SplitFacts> splits, SplitRows.Wanted rows)
      throws IOException {
    List<CarriedSplit> wanted = new ArrayList<>();
    List<RowWork.Moved> moved = new ArrayList<>();
    Map<Integer, Set<Long>> leftOut = new TreeMap<>();
    for (ScannedRecording recording : scan(numbers(recordings))) {
      for (int i = 0; i < recording.splits().size(); i++) {
        if (splits.test(recording.facts().get(i))) {
          wanted.add(recording.splits().get(i));
        }
      }
      if (recording.moved() != null) {
        leftOut.put(recording.moved().recording(), recording.moved().threads());
        if (splits.test(recording.movedFacts())) {
          moved.add(recording.moved());
        }
      }
    }
    MovedSet movedSet = new MovedSet(leftOut);
    List<RowTask> tasks = new ArrayList<>();
    for (List<CarriedSplit> task : TracePlan.pack(wanted, CarriedSplit::split, found.taskBytes())) {
      RowWork work = new RowWork.Splits(task, movedSet.only(recordings(task)), rows);
      tasks.add(new RowTask(work, cluster.hosts(task.get(0).split())));
    }
    for (RowWork.Moved work : moved) {
      tasks.add(new RowTask(work, List.of()));
    }
    return new TableTasks(tasks, new RowReaders(cluster.conf(), rules, infos));
  }

  private IntPredicate numbers(Predicate<RecordingInfo> wanted) {
    return number -> wanted.test(plan.recordings().get(number).info());
  }

  /** The wanted recordings that have pages, in order. */
  private synchronized List<ScannedRecording> scan(IntPredicate wanted) throws IOException {
    TracePlan missing = plan.only(number -> wanted.test(number) && !scanned.containsKey(number));
    if (!missing.splits().isEmpty()) {
      String description = cluster.description();
      try (ScanStep scan =
          new ScanStep(cluster, missing, rules, ScanStep.Windows.DROPPED, found.taskBytes())) {
        scanned.putAll(ScannedRecording.all(missing, scan));
      } catch (Exception e) { // Spark throws exceptions that it does not declare
        throw Failures.of(e);
      } finally {
        cluster.describeAgain(description);
      }
    }
    return scanned.entrySet().stream()
        .filter(entry -> wanted.test(entry.getKey()))
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .toList();
  }

  private static Set<Integer> recordings(List<CarriedSplit> splits) {
    return splits.stream().map(split -> split.planned().recording()).collect(Collectors.toSet());
  }
}
