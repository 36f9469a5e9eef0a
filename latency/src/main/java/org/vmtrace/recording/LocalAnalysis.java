package org.vmtrace.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vmtrace.file.LocalInput;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.file.SeekableInput;
import org.vmtrace.file.TraceFile;
import org.vmtrace.file.TraceFiles;
import org.vmtrace.latency.Summary;
import org.vmtrace.latency.SummaryBuilder;

/**
 * Analyses files on this machine, as the Spark job does on many: splits are decoded and reduced by
 * a pool of threads and joined in order. Memory depends on the number of threads that the files
 * tell of, not on their length.
 */
public final class LocalAnalysis {
  /** Is told how far the work is. Called by several threads. */
  public interface Progress {
    /** Nobody wants to know. */
    Progress NONE = bytes -> {};

    /** So many more bytes of pages have been analysed. */
    void advanced(long bytes);
  }

  /**
   * Long enough that joining costs nothing beside decoding, short enough that all threads have work
   * on most files.
   */
  private static final long SPLIT_BYTES = 16L << 20;

  private final OpenOptions options;
  private final AnalysisChoice choice;
  private final int threads;
  private final long splitBytes;
  private final Progress progress;

  /**
   * An analysis.
   *
   * @param options how to read the files
   * @param choice what to compute
   * @param threads size of the pool, 1 or more
   * @param progress is told how far the work is
   */
  public LocalAnalysis(OpenOptions options, AnalysisChoice choice, int threads, Progress progress) {
    this(options, choice, threads, SPLIT_BYTES, progress);
  }

  LocalAnalysis(
      OpenOptions options, AnalysisChoice choice, int threads, long splitBytes, Progress progress) {
    this.splitBytes = splitBytes;
    this.options = options;
    this.choice = choice;
    this.threads = threads;
    this.progress = progress;
  }

  /**
   * The summary of these files together.
   *
   * @throws org.vmtrace.file.TraceFormatException if a file is no trace or its header cannot be
   *     read
   * @throws IOException if reading fails
   */
  public Summary analyse(List<Path> paths) throws IOException {
    return analyse(paths, KnownStreams.NONE);
  }

  /**
   * The same, where some streams need not be analysed any more.
   *
   * @param known their results
   */
  public Summary analyse(List<Path> paths, KnownStreams known) throws IOException {
    List<FileFacts> facts = new ArrayList<>();
    for (Path path : paths) {
      try (TraceFile file = open(path.toString(), options)) {
        facts.add(FileFacts.of(fullPath(path), file));
      }
    }
    SummaryBuilder summary = new SummaryBuilder(choice.window(), choice.worst());
    try (SplitPool pool = new SplitPool(threads, splitBytes, progress)) {
      for (Recording recording : Recordings.group(facts)) {
        new RecordingAnalysis(recording, options, choice, pool, known).addTo(summary);
      }
    }
    return summary.build();
  }

  /** The whole path of a file, by which results name it: Spark's file systems know no other. */
  public static String fullPath(Path path) {
    return path.toAbsolutePath().normalize().toString();
  }

  static TraceFile open(String path, OpenOptions options) throws IOException {
    SeekableInput input = LocalInput.open(Path.of(path));
    try {
      return TraceFiles.open(input, options);
    } catch (IOException | RuntimeException e) {
      input.close();
      throw e;
    }
  }
}
