package org.vmtrace.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.vmtrace.spark.input.FileFinder;
import org.vmtrace.spark.input.FoundFile;
import org.vmtrace.spark.input.HadoopInput;

/** Finds the traces behind input paths, and cuts them into splits. */
final class TraceSearch {
  private static final long SMALLEST_SPLIT = 4L << 20;

  /** Smaller splits share tasks. */
  private static final long SMALLEST_TASK = 1L << 20;

  private static final long LARGEST_SPLIT = 128L << 20;

  /** Tasks per core, so that cores end at about the same time. */
  private static final int ROUNDS = 3;

  private static final int NAMES_LISTED = 5;

  private final Workers workers;
  private final Configuration conf;
  private final long wantedSplitBytes;

  /**
   * A search.
   *
   * @param conf also says how to read the files
   * @param wantedSplitBytes bytes of a split, rounded up to whole pages; 0: chosen for the input
   *     and Spark's cores
   */
  TraceSearch(Workers workers, Configuration conf, long wantedSplitBytes) {
    this.workers = workers;
    this.conf = conf;
    this.wantedSplitBytes = wantedSplitBytes;
  }

  /**
   * Searches.
   *
   * @param inputs files, folders and globs, on any Hadoop file system
   * @throws IOException if an input is not there or cannot be read, or if none is a trace
   */
  FoundTraces search(List<String> inputs) throws IOException {
    List<FoundFile> files = find(inputs);
    long splitBytes = splitBytes(files);
    List<TraceLook> looks = TraceLooks.at(workers, conf, files, splitBytes);
    List<String> warnings = new ArrayList<>();
    List<TraceLook> traces = traces(inputs, files, looks, warnings);
    return new FoundTraces(traces, Math.max(splitBytes, SMALLEST_TASK), warnings);
  }

  private List<FoundFile> find(List<String> inputs) throws IOException {
    FileFinder finder = new FileFinder(conf);
    for (String input : inputs) {
      Path path = InputPaths.of(input, conf);
      try {
        finder.find(input, path);
      } catch (IOException e) {
        throw new IOException(Failures.line(input, e), e);
      }
    }
    return finder.files();
  }

  private long splitBytes(List<FoundFile> files) {
    if (wantedSplitBytes > 0) {
      return wantedSplitBytes;
    }
    long total = files.stream().mapToLong(file -> file.bytes() + TracePlan.OPENING_BYTES).sum();
    return Math.min(
        LARGEST_SPLIT, Math.max(SMALLEST_SPLIT, total / ((long) ROUNDS * workers.parallelism())));
  }

  /** The looks at traces; the others are told of, or end the search. */
  private static List<TraceLook> traces(
      List<String> inputs, List<FoundFile> files, List<TraceLook> looks, List<String> warnings)
      throws IOException {
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
