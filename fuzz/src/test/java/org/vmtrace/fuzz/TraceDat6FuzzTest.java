package org.vmtrace.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.vmtrace.file.OpenOptions;

/** Files that begin as trace.dat version 6 does. */
class TraceDat6FuzzTest {
  static Stream<byte[]> seeds() {
    return Stream.of(
        SeedFiles.dat().kallsyms("symbols").version6(), SeedFiles.dat().clock("").version6());
  }

  @MethodSource("seeds")
  @FuzzTest
  void anyFileIsReadOrRefused(byte[] input) throws IOException {
    AnyFile.check(input, OpenOptions.defaults());
  }
}
