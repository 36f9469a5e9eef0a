package org.vmtrace.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.latency.summary.Summary;
import org.vmtrace.recording.AnalysisChoice;
import org.vmtrace.recording.BadFiles;
import org.vmtrace.recording.LocalAnalysis;
import org.vmtrace.report.SummaryJson;

/** Runs the job as a test wants it. */
final class Run {
  private Run() {}

  static Summary job(JobChoice choice) throws IOException {
    return job(choice.options());
  }

  static Summary job(JobOptions options) throws IOException {
    return new VmTraceJob(SharedContext.get(), options).run();
  }

  /** What the local analysis says of the same files, as summary.json. */
  static String locally(AnalysisChoice choice, List<Path> files) throws IOException {
    return new String(
        SummaryJson.bytes(
            new LocalAnalysis(
                    OpenOptions.defaults(), choice, BadFiles.FAIL, 1, LocalAnalysis.Progress.NONE)
                .analyse(files)),
        java.nio.charset.StandardCharsets.UTF_8);
  }

  static String json(Path output) {
    try {
      return Files.readString(output.resolve("summary.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All rows of a table in the order of the files. */
  static List<String> rows(Path output, String table) throws SQLException {
    try (Tables tables = new Tables(output)) {
      return tables.rows("select * from " + table + "_in_order");
    }
  }
}
