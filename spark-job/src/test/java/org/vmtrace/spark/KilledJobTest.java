package org.vmtrace.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmtrace.recording.AnalysisChoice;
import org.vmtrace.testkit.RandomKnobs;
import org.vmtrace.testkit.RandomRecording;

/** A job that is killed while it writes. */
class KilledJobTest {
  @TempDir Path folder;

  @Test
  void leavesNothingThatLooksWholeAndIsReplacedByTheNext() throws Exception {
    RandomRecording recording = RandomRecording.of(1, new RandomKnobs().events(80_000));
    Path trace = Files.write(folder.resolve("t"), recording.traceDat().version6());
    Path output = folder.resolve("out");
    assertThat(runAndDie(trace, output)).isEqualTo(DyingJob.EXIT_CODE);
    assertThat(names(output)).containsExactly("_temporary");
    assertThatThrownBy(() -> Run.job(new JobChoice(trace, output).withoutOverwrite()))
        .hasMessageContaining("is there already");
    Run.job(new JobChoice(trace, output));
    assertThat(names(output))
        .containsExactly("_SUCCESS", "latencies", "summary.json", "summary.txt", "windows");
    assertThat(Run.json(output)).isEqualTo(Run.locally(AnalysisChoice.DEFAULT, List.of(trace)));
  }

  private int runAndDie(Path trace, Path output) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(
        List.of(
            "-Dlog4j2.configurationFile=" + System.getProperty("log4j2.configurationFile"),
            "-cp",
            System.getProperty("java.class.path"),
            DyingJob.class.getName(),
            trace.toString(),
            output.toString()));
    ProcessBuilder process = new ProcessBuilder(command).inheritIO();
    process.environment().put("SPARK_LOCAL_DIRS", folder.toString()); // which it cannot tidy up
    return process.start().waitFor();
  }

  /** What is in a folder, but for checksums. */
  private static List<String> names(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith(".crc"))
          .sorted()
          .toList();
    }
  }
}
