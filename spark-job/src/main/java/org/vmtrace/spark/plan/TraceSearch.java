package org.vmtrace.spark.plan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.BlockLocation;
import org.apache.hadoop.fs.Path;
import org.vmtrace.latency.summary.Summary.SkippedFile;
import org.vmtrace.recording.BadFiles;
import org.vmtrace.spark.cluster.Cluster;
import org.vmtrace.spark.cluster.Failures;
import org.vmtrace.spark.input.FileFinder;
import org.vmtrace.spark.input.FoundFile;
import org.vmtrace.spark.input.HadoopInput;

/** Finds the traces behind input paths, and cuts them into splits. */
public final class TraceSearch {
  private static final long SMALLEST_SPLIT = 4L << 20;

  /** Splits are not made longer than the file system's blocks, but for blocks shorter than this. */
  private static final long SMALL_BLOCK = 128L << 20;

  /** Smaller splits share tasks. */
  private static final long SMALLEST_TASK = 1L << 20;

  private static final long LARGEST_TASK = 512L << 20;

  /** Tasks per core, so that cores end at about the same time. */
  private static final int ROUNDS = 3;

  private static final int NAMES_LISTED = 5;

  private final Cluster cluster;
  private final Configuration conf;
  private final long wantedSplitBytes;
  private final BadFiles badFiles;

  /**
   * A search.
   *
   * @param conf also says how to read the files
   * @param wantedSplitBytes bytes of a split, rounded up to whole pages; 0: chosen for the input
   *     and Spark's cores
   * @param badFiles what becomes of files that cannot be read
   */
  public TraceSearch(
      Cluster cluster, Configuration conf, long wantedSplitBytes, BadFiles badFiles) {
    this.cluster = cluster;
    this.conf = conf;
    this.wantedSplitBytes = wantedSplitBytes;
    this.badFiles = badFiles;
  }

  /**
   * Searches.
   *
   * @param inputs files, folders and globs, on any Hadoop file system
   * @throws IOException if an input is not there or cannot be read, or if none is a trace
   */
  public FoundTraces search(List<String> inputs) throws IOException {
    List<FoundFile> files = find(inputs);
    long share = shareOfTask(files);
    long splitBytes =
        wantedSplitBytes > 0
            ? wantedSplitBytes
            : Math.min(largestSplit(files), Math.max(SMALLEST_SPLIT, share));
    long taskBytes =
        Math.max(splitBytes, wantedSplitBytes > 0 ? SMALLEST_TASK : Math.min(LARGEST_TASK, share));
    List<TraceLook> looks = TraceLooks.at(cluster, conf, files, splitBytes);
    List<SkippedFile> bad = bad(files, looks);
    List<String> warnings = new ArrayList<>();
    List<TraceLook> traces = traces(inputs, files, looks, warnings);
    return new FoundTraces(traces, taskBytes, bad, warnings);
  }

  private List<FoundFile> find(List<String> inputs) throws IOException {
    FileFinder finder = new FileFinder(conf);
    for (String input : inputs) {
      Path path = UserPaths.of(input, conf);
      UserPaths.fileSystem(input, path, conf);
      try {
        finder.find(input, path);
      } catch (IOException | RuntimeException e) {
        throw new IOException(Failures.line(input, e), e);
      }
    }
    return finder.files();
  }

  /** The parts of a split should lie on one node, where the file system has nodes. */
  private static long largestSplit(List<FoundFile> files) {
    long longestBlock =
        files.stream()
            .flatMap(file -> file.blocks().stream())
            .mapToLong(BlockLocation::getLength)
            .max()
            .orElse(0);
    return Math.min(LARGEST_TASK, Math.max(SMALL_BLOCK, longestBlock));
  }

  /** What each of {@link #ROUNDS} tasks a core is to read, in bytes. */
  private long shareOfTask(List<FoundFile> files) {
    long total = files.stream().mapToLong(file -> file.bytes() + TracePlan.OPENING_BYTES).sum();
    return total / ((long) ROUNDS * cluster.expectedParallelism());
  }

  /** The files that cannot be read, unless they end the search. */
  private List<SkippedFile> bad(List<FoundFile> files, List<TraceLook> looks) throws IOException {
    List<SkippedFile> bad = new ArrayList<>();
    for (int i = 0; i < looks.size(); i++) {
      String failure = looks.get(i).failure();
      if (failure != null) {
        if (badFiles == BadFiles.FAIL) {
          throw new IOException(failure);
        }
        FoundFile file = files.get(i);
        bad.add(SkippedFile.of(HadoopInput.shown(file.path()), file.shown(), failure));
      }
    }
    if (!bad.isEmpty() && bad.size() == looks.size()) {
      SkippedFile first = bad.get(0);
      throw new IOException(first.path() + ": " + first.reason());
    }
    return bad;
  }

  /** The looks at traces; the others are told of. */
  private static List<TraceLook> traces(
      List<String> inputs, List<FoundFile> files, List<TraceLook> looks, List<String> warnings)
      throws IOException {
    List<TraceLook> traces = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    for (int i = 0; i < looks.size(); i++) {
      TraceLook look = looks.get(i);
      if (look.isTrace()) {
        traces.add(look);
      } else if (look.failure() == null) {
        skipped.add(HadoopInput.shown(files.get(i).path()));
      }
    }
    if (traces.isEmpty()) {
      throw new IOException(
          "there is no trace in "
              + String.join(", ", inputs)
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
