package org.vmtrace.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetOutputFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmtrace.testkit.RandomKnobs;
import org.vmtrace.testkit.RandomRecording;

/** Tasks that fail: once, or for good. */
class FaultsTest {
  @TempDir Path folder;

  private Path trace(String name, long seed, double moving) throws IOException {
    RandomRecording recording =
        RandomRecording.of(seed, new RandomKnobs().streams(3, 1).events(4000).moving(moving));
    return Files.write(folder.resolve(name), recording.traceDat().version6());
  }

  @Test
  void tasksThatFailOnceChangeNothing() throws Exception {
    Path traces = Files.createDirectory(folder.resolve("traces"));
    trace("traces/one", 1, 0.002);
    trace("traces/two", 2, 0);
    Path smooth = folder.resolve("smooth");
    Run.job(new JobChoice(traces, smooth).splits(4096));
    Path flaky = Files.move(traces, folder.resolve(FlakyFileSystem.FOLDER));
    FlakyFileSystem.FAILED.clear();
    Path rough = folder.resolve("rough");
    SharedContext.quietly(() -> Run.job(new JobChoice(flaky, rough).splits(4096)));
    assertThat(FlakyFileSystem.FAILED).hasSizeGreaterThan(4);
    assertThat(Run.json(rough).replace(flaky.toString(), traces.toString()))
        .isEqualTo(Run.json(smooth));
    assertThat(Run.rows(rough, "latencies")).isEqualTo(Run.rows(smooth, "latencies"));
    assertThat(Run.rows(rough, "windows")).isEqualTo(Run.rows(smooth, "windows"));
    assertThat(leftovers(rough)).isEmpty();
  }

  @Test
  void aJobThatFailsWhileItWritesLeavesNothingThatLooksWhole() throws Exception {
    Path output = folder.resolve("out");
    Configuration hadoop = SharedContext.get().hadoopConfiguration();
    hadoop.set(ParquetOutputFormat.COMPRESSION, "LZO"); // whose codec is nowhere
    try {
      // One task: no other would have something to say in the log when the job has ended.
      JobChoice job = new JobChoice(trace("one", 1, 0), output);
      SharedContext.quietly(
          () ->
              assertThatThrownBy(() -> Run.job(job))
                  .isInstanceOf(IOException.class)
                  .hasMessageContaining("LzoCodec"));
    } finally {
      hadoop.unset(ParquetOutputFormat.COMPRESSION);
    }
    assertThat(output.resolve("_SUCCESS")).doesNotExist();
    assertThat(output.resolve("summary.json")).doesNotExist();
    assertThat(output.resolve("summary.txt")).doesNotExist();
    Run.job(new JobChoice(trace("one", 1, 0), output).splits(4096));
    assertThat(output.resolve("summary.json")).exists();
  }

  /** What attempts and committers leave after while they work. */
  private static List<Path> leftovers(Path output) throws IOException {
    try (Stream<Path> files = Files.walk(output)) {
      return files
          .filter(
              file -> file.toString().contains("_temporary") || file.toString().contains("attempt"))
          .toList();
    }
  }
}
