package org.vmtrace.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vmtrace.testkit.SharedTraces;

/** The events of {@code -v} against what {@code trace-cmd report -t} printed of the same files. */
class TraceCmdReportTest {
  @TempDir Path folder;

  @BeforeAll
  static void needsTheRecordings() {
    assumeTrue(SharedTraces.present(), SharedTraces.whyAbsent());
  }

  static Stream<SharedTraces.Recording> reported() {
    // The report mixes the buffers of a file, which are recordings of their own here.
    return SharedTraces.list().stream()
        .filter(recording -> recording.report().isPresent())
        .filter(recording -> !recording.name().contains("instance"));
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("reported")
  void eventsAndLossesComeInTheSameOrder(SharedTraces.Recording recording) {
    List<String> theirs =
        recording
            .report()
            .orElseThrow()
            .lines()
            .map(ReportLines::theirs)
            .filter(Objects::nonNull)
            .toList();

    List<String> ours =
        Run.file(recording.unpackTo(folder), "-v").events().stream()
            .map(ReportLines::ours)
            .toList();

    assertThat(ours).isEqualTo(theirs);
    assertThat(ours.size()).isGreaterThan(1000);
  }
}
