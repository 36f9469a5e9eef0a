package org.vmtrace.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.file.TraceFile;
import org.vmtrace.file.container.TraceFiles;
import org.vmtrace.latency.summary.Summary;
import org.vmtrace.latency.summary.Summary.SkippedFile;
import org.vmtrace.latency.summary.SummaryBuilder;

/**
 * Analyses files on this machine, as the Spark job does on many: splits are decoded and reduced by
 * a pool of threads and joined in order. Memory depends on the number of threads that the files
 * tell of, not on their length; but where threads moved between CPUs and time steps back, the
 * events of these threads are sorted in memory ({@link MovedThreads}).
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
  private final BadFiles badFiles;
  private final int threads;
  private final long splitBytes;
  private final Progress progress;

  /**
   * An analysis.
   *
   * @param options how to read the files
   * @param choice what to compute
   * @param badFiles what becomes of files that cannot be read
   * @param threads size of the pool, 1 or more
   * @param progress is told how far the work is
   */
  public LocalAnalysis(
      OpenOptions options,
      AnalysisChoice choice,
      BadFiles badFiles,
      int threads,
      Progress progress) {
    this(options, choice, badFiles, threads, SPLIT_BYTES, progress);
  }

  LocalAnalysis(
      OpenOptions options,
      AnalysisChoice choice,
      BadFiles badFiles,
      int threads,
      long splitBytes,
      Progress progress) {
    this.badFiles = badFiles;
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
   *     read, and such files are not to be skipped, or there is no other
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
    SummaryBuilder summary = new SummaryBuilder(choice.window(), choice.worst());
    List<FileFacts> facts = new ArrayList<>();
    IOException first = null;
    for (Path path : paths) {
      try (TraceFile file = TraceFiles.open(path, options)) {
        facts.add(FileFacts.of(fullPath(path), file));
      } catch (IOException e) {
        if (badFiles == BadFiles.FAIL) {
          throw e;
        }
        first = first == null ? e : first;
        summary.addSkippedFile(skipped(path, e));
      }
    }
    if (facts.isEmpty() && first != null) {
      throw first;
    }
    List<Recording> recordings = Recordings.group(facts);
    choice.warnings(recordings).forEach(summary::addWarning);
    try (SplitPool pool = new SplitPool(threads, splitBytes, progress)) {
      analyse(recordings, known, pool, summary);
    }
    return summary.build();
  }

  /** Recordings begin before the ones before them have ended: many are short. */
  private void analyse(
      List<Recording> recordings, KnownStreams known, SplitPool pool, SummaryBuilder summary)
      throws IOException {
    Deque<RecordingAnalysis> begun = new ArrayDeque<>();
    try {
      for (Recording recording : recordings) {
        RecordingAnalysis next = new RecordingAnalysis(recording, options, choice, pool, known);
        begun.add(next);
        next.begin();
        while (begun.element().isScanned() && begun.size() > 1) {
          finishFirst(begun, summary);
        }
      }
      while (!begun.isEmpty()) {
        finishFirst(begun, summary);
      }
    } finally {
      for (RecordingAnalysis recording : begun) {
        recording.close();
      }
    }
  }

  private static void finishFirst(Deque<RecordingAnalysis> begun, SummaryBuilder summary)
      throws IOException {
    begun.element().addTo(summary);
    begun.remove().close();
  }

  private static SkippedFile skipped(Path path, IOException failure) {
    String message = failure.getMessage();
    return SkippedFile.of(
        fullPath(path), path.toString(), message == null ? failure.toString() : message);
  }

  /** The whole path of a file, by which results name it: Spark's file systems know no other. */
  public static String fullPath(Path path) {
    return path.toAbsolutePath().normalize().toString();
  }
}
