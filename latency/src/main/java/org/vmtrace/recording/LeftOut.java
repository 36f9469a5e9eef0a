package org.vmtrace.recording;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.vmtrace.latency.summary.Summary;
import org.vmtrace.latency.summary.Summary.SkippedFile;
import org.vmtrace.latency.summary.SummaryBuilder;

/** The files that an analysis could not read. */
final class LeftOut {
  private final BadFiles badFiles;
  private final SummaryBuilder summary;
  private IOException first;

  /**
   * None so far.
   *
   * @param badFiles what becomes of such files
   * @param summary is told of those that are skipped
   */
  LeftOut(BadFiles badFiles, SummaryBuilder summary) {
    this.badFiles = badFiles;
    this.summary = summary;
  }

  /**
   * Leaves a file out.
   *
   * @throws IOException what is wrong with it, if such files are not to be skipped
   */
  void add(Path path, IOException failure) throws IOException {
    if (badFiles == BadFiles.FAIL) {
      throw failure;
    }
    first = first == null ? failure : first;
    summary.addSkippedFile(
        SkippedFile.of(FullPath.of(path).toString(), path.toString(), message(failure)));
  }

  private static String message(IOException failure) {
    if (failure instanceof NoSuchFileException gone) {
      return gone.getFile() + ": there is no such file";
    }
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  /**
   * Sees that there was another file.
   *
   * @param result the summary of the others
   * @throws IOException what is wrong with the first file that was left out, if there was none
   */
  void requireAny(Summary result) throws IOException {
    if (first != null && result.recordings().isEmpty()) {
      throw first;
    }
  }
}
