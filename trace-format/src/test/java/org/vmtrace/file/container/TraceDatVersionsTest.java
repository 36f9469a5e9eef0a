package org.vmtrace.file.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vmtrace.file.Rows;
import org.vmtrace.file.Sample;
import org.vmtrace.file.TraceFile;
import org.vmtrace.testkit.TraceDatBuilder;

/** What is the same in files of both versions. */
class TraceDatVersionsTest {
  private static final Sample SAMPLE = Sample.X86_64;

  static Stream<Named<Function<TraceDatBuilder, byte[]>>> versions() {
    return Stream.of(
        Named.of("version 6", TraceDatBuilder::version6),
        Named.of("version 7", TraceDatBuilder::version7));
  }

  @ParameterizedTest
  @MethodSource("versions")
  void formatsOfFtracesOwnEventsAreRead(Function<TraceDatBuilder, byte[]> version)
      throws IOException {
    String print = "name: print\nID: 5\nformat:\n\nprint fmt: \"%s\", REC->buf\n";

    try (TraceFile file = Sample.open(version.apply(SAMPLE.dat().ftraceFormat(print)))) {
      assertThat(file.schema().format(5)).hasToString("Optional[ftrace:print]");
    }
  }

  @ParameterizedTest
  @MethodSource("versions")
  void traceCmdsOwnClockHoldsCyclesWhereTheFileSaysHowTheyAreConverted(
      Function<TraceDatBuilder, byte[]> version) throws IOException {
    byte[] bytes = version.apply(SAMPLE.dat().clock("tsc2nsec").tscToNs(2, 2, 7));

    try (TraceFile file = Sample.open(bytes)) {
      assertThat(file.metadata().converts(file.streams().get(0).clock())).isTrue();
      assertThat(Rows.of(file, file.streams().get(0)).get(0)).startsWith("PAGE at 500007,");
    }
  }
}
