package org.vmtrace.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.latency.Summary;
import org.vmtrace.spark.input.FileFinder;
import org.vmtrace.spark.input.FoundFile;
import org.vmtrace.spark.input.HadoopInput;
import org.vmtrace.spark.input.InputProperties;

/**
 * The job: finds traces, scans their splits, joins what was found, writes rows and summary.
 *
 * <p>Scan and write are plain Spark actions with ordinary results: no accumulators, no side files,
 * nothing read past a split's end. A task that is tried again or runs twice changes nothing, and
 * neither does the number of splits or tasks.
 */
public final class VmTraceJob {
  private static final long SMALLEST_SPLIT = 4L << 20;

  /** Smaller splits share tasks. */
  private static final long SMALLEST_TASK = 1L << 20;

  private static final long LARGEST_SPLIT = 128L << 20;

  /** Tasks per core, so that cores end at about the same time. */
  private static final int ROUNDS = 3;

  private static final int NAMES_LISTED = 5;

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
    try {
      return analyse();
    } catch (Exception e) { // Spark throws exceptions that it does not declare
      throw Failures.of(e);
    }
  }

  private Summary analyse() throws IOException {
    ResultFolder folder =
        ResultFolder.claim(
            options.output(), InputPaths.of(options.output(), conf), options.overwrite(), conf);
    List<FoundFile> files = find();
    Workers workers = new Workers(context, conf);
    long splitBytes = splitBytes(files, workers.parallelism());
    List<TraceLook> looks = TraceLooks.at(workers, conf, files, splitBytes);
    List<String> warnings = new ArrayList<>();
    List<TraceLook> traces = traces(files, looks, warnings);
    TracePlan plan = TracePlan.of(traces, options.choice());
    Broadcast<Packed<List<AnalysisRules>>> rules = workers.share(plan.rules());
    long taskBytes = Math.max(splitBytes, SMALLEST_TASK);
    try (ScanStep scan = new ScanStep(workers, plan, rules, taskBytes)) {
      return finish(workers, plan, rules, scan, folder, taskBytes, warnings);
    }
  }

  private Summary finish(
      Workers workers,
      TracePlan plan,
      Broadcast<Packed<List<AnalysisRules>>> rules,
      ScanStep scan,
      ResultFolder folder,
      long taskBytes,
      List<String> warnings)
      throws IOException {
    List<JoinedStream> streams = scan.join();
    MovedSet movedSet = MovedSet.among(streams);
    Broadcast<Packed<MovedSet>> sharedMoved = workers.share(movedSet);
    MovedStep moved =
        movedSet.isEmpty()
            ? null
            : new MovedStep(workers, plan, scan, sharedMoved, rules, taskBytes);
    SummaryStep summing = new SummaryStep(workers, plan, options.choice(), streams, movedSet);
    Broadcast<Packed<List<RowLabels>>> labels = workers.share(summing.labels());
    Summary summary =
        summing.run(scan, sharedMoved, labels, moved == null ? null : moved.results(), warnings);
    scan.close(); // only the edges are needed from here on
    folder.clear();
    if (options.latencies() || options.windows()) {
      new WriteStep(workers, rules, labels, sharedMoved)
          .run(
              plan,
              scan,
              moved == null ? null : moved.rows(labels),
              options,
              conf,
              folder.path(),
              taskBytes);
    } else {
      folder.markWithoutTables(conf);
    }
    folder.finish(summary);
    return summary;
  }

  private List<FoundFile> find() throws IOException {
    FileFinder finder = new FileFinder(conf);
    for (String input : options.inputs()) {
      Path path = InputPaths.of(input, conf);
      try {
        finder.find(input, path);
      } catch (IOException e) {
        throw new IOException(Failures.line(input, e), e);
      }
    }
    return finder.files();
  }

  private long splitBytes(List<FoundFile> files, int parallelism) {
    if (options.splitBytes() > 0) {
      return options.splitBytes();
    }
    long total = files.stream().mapToLong(file -> file.bytes() + TracePlan.OPENING_BYTES).sum();
    return Math.min(LARGEST_SPLIT, Math.max(SMALLEST_SPLIT, total / ((long) ROUNDS * parallelism)));
  }

  /** The looks at traces; the others are told of, or end the job. */
  private List<TraceLook> traces(
      List<FoundFile> files, List<TraceLook> looks, List<String> warnings) throws IOException {
    List<TraceLook> traces = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    for (int i = 0; i < looks.size(); i++) {
      TraceLook look = looks.get(i);
      if (look.failure() != null) {
        throw new IOException(look.failure());
      }
      if (look.isTrace()) {
        traces.add(look);
      } else {
        skipped.add(HadoopInput.shown(files.get(i).path()));
      }
    }
    if (traces.isEmpty()) {
      throw new IOException(
          "there is no trace in "
              + String.join(", ", options.inputs())
              + (skipped.isEmpty() ? "" : " (" + skipped.size() + " other files)"));
    }
    if (!skipped.isEmpty()) {
      warnings.add(
          "skipped, since they are no traces: "
              + String.join(", ", skipped.subList(0, Math.min(NAMES_LISTED, skipped.size())))
              + (skipped.size() > NAMES_LISTED
                  ? " and " + (skipped.size() - NAMES_LISTED) + " more"
                  : ""));
    }
    return traces;
  }
}
