package org.vmtrace.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.testkit.ChunkCodec;

/** Files that begin as trace.dat version 7 does: sections, packed data. */
class TraceDat7FuzzTest {
  static Stream<byte[]> seeds() {
    return Stream.of(
        SeedFiles.dat().version7(),
        SeedFiles.dat().compression(ChunkCodec.ZSTD, 2).version7(),
        SeedFiles.dat().compression(ChunkCodec.ZLIB, 1).compressMetadata().version7());
  }

  @MethodSource("seeds")
  @FuzzTest
  void anyFileIsReadOrRefused(byte[] input) throws IOException {
    AnyFile.check(input, OpenOptions.defaults());
  }
}
