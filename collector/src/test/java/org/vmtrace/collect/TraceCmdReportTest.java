package org.vmtrace.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vmtrace.testkit.SharedTraces;

/** The events of {@code -v} against what {@code trace-cmd report -t} printed of the same files. */
class TraceCmdReportTest {
  private static final Pattern THEIRS =
      Pattern.compile(" *(.*)-(\\d+) +\\[(\\d+)] +(\\d+\\.\\d{9}): (\\w+):.*");
  private static final Pattern THEIR_LOSS =
      Pattern.compile("CPU:(\\d+) \\[(?:(\\d+) )?EVENTS DROPPED]");
  private static final Pattern OURS =
      Pattern.compile(" *(\\d+\\.\\d{9}) \\[(\\d+)] (.*)-(\\d+) +(\\w+)( .*)?");
  private static final Pattern OUR_LOSS =
      Pattern.compile("CPU (\\d+): LOST (?:(\\d+) EVENTS|an unknown number of events)");

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
            .map(TraceCmdReportTest::theirs)
            .filter(Objects::nonNull)
            .toList();

    List<String> ours =
        Run.file(recording.unpackTo(folder), "-v").events().stream()
            .map(TraceCmdReportTest::ours)
            .toList();

    assertThat(ours).isEqualTo(theirs);
    assertThat(ours.size()).isGreaterThan(1000);
  }

  static String theirs(String line) {
    Matcher event = THEIRS.matcher(line);
    if (event.matches()) {
      return String.join(
          " ", event.group(4), event.group(3), event.group(1), event.group(2), event.group(5));
    }
    Matcher loss = THEIR_LOSS.matcher(line);
    return loss.matches() ? "lost " + loss.group(1) + " " + loss.group(2) : null;
  }

  static String ours(String line) {
    Matcher event = OURS.matcher(line);
    if (event.matches()) {
      return String.join(
          " ", event.group(1), event.group(2), event.group(3), event.group(4), event.group(5));
    }
    Matcher loss = OUR_LOSS.matcher(line);
    return loss.matches() ? "lost " + loss.group(1) + " " + loss.group(2) : line;
  }
}
