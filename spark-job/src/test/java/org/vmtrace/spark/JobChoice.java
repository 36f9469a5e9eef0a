package org.vmtrace.spark;

import java.nio.file.Path;
import java.util.List;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.recording.AnalysisChoice;
import org.vmtrace.recording.BadFiles;

/**
 * What a test chooses of the job: both tables of one input, in the place of a result that is there,
 * unless it says otherwise.
 */
final class JobChoice {
  private final String input;
  private final String output;
  private boolean overwrite = true;
  private long splitBytes;
  private OpenOptions reading = OpenOptions.defaults();
  private AnalysisChoice analysis = AnalysisChoice.DEFAULT;
  private boolean latencies = true;
  private boolean windows = true;

  JobChoice(String input, String output) {
    this.input = input;
    this.output = output;
  }

  JobChoice(Path input, Path output) {
    this(input.toString(), output.toString());
  }

  JobChoice withoutOverwrite() {
    overwrite = false;
    return this;
  }

  JobChoice splits(long bytes) {
    splitBytes = bytes;
    return this;
  }

  JobChoice reading(OpenOptions options) {
    reading = options;
    return this;
  }

  JobChoice analysis(AnalysisChoice choice) {
    analysis = choice;
    return this;
  }

  JobChoice withoutLatencies() {
    latencies = false;
    return this;
  }

  JobChoice withoutWindows() {
    windows = false;
    return this;
  }

  JobOptions options() {
    return new JobOptions(
        List.of(input),
        output,
        overwrite,
        splitBytes,
        reading,
        analysis,
        latencies,
        windows,
        BadFiles.FAIL);
  }
}
