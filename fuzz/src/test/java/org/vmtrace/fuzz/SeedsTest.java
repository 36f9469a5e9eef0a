package org.vmtrace.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.file.PageStream;
import org.vmtrace.file.TraceFile;
import org.vmtrace.file.container.TraceFiles;

/** Fuzzing finds its way into the files only from files that are good. */
class SeedsTest {
  static Stream<byte[]> files() {
    return Stream.of(
            TraceDat6FuzzTest.seeds(),
            TraceDat7FuzzTest.seeds(),
            OptionChainFuzzTest.seeds().map(OptionChainFuzzTest::file))
        .flatMap(seeds -> seeds);
  }

  @ParameterizedTest
  @MethodSource("files")
  void everySeedHasItsThreeStreams(byte[] seed) throws IOException {
    try (TraceFile file = TraceFiles.open(new BytesInput(seed), OpenOptions.defaults())) {
      assertThat(file.streams()).extracting(PageStream::cpu).containsExactlyInAnyOrder(0, 1, 1);
      assertThat(file.metadata().damaged()).isFalse();
    }
  }
}
