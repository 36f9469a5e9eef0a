package org.vmtrace.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vmtrace.file.container.TraceFiles;
import org.vmtrace.ring.EventBatch;
import org.vmtrace.testkit.ChunkUnpacker;
import org.vmtrace.testkit.PlainRecording;
import org.vmtrace.testkit.PlainTraceDat;
import org.vmtrace.testkit.SharedTraces;
import org.vmtrace.testkit.SharedTraces.Recording;

/**
 * Files of real kernels, against a plain reader that was checked against the kernels' own texts.
 */
class RecordingsTest {
  static Stream<Recording> recordings() {
    assumeTrue(SharedTraces.present(), SharedTraces.whyAbsent());
    return SharedTraces.list().stream();
  }

  private static TraceFile open(Recording recording) throws IOException {
    return TraceFiles.open(
        new BytesInput(recording.name(), recording.traceDat()), OpenOptions.defaults());
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void everyRowIsThatOfThePlainReader(Recording recording) throws IOException {
    PlainTraceDat plain = PlainTraceDat.read(recording.traceDat(), RecordingsTest::unpack);
    List<List<String>> expected = new ArrayList<>();
    for (PlainRecording buffer : plain.recordings("plain")) {
      buffer.streams().forEach(stream -> expected.add(Rows.of(stream)));
    }
    List<List<String>> rows = new ArrayList<>();

    try (TraceFile file = open(recording)) {
      for (PageStream stream : file.streams()) {
        rows.add(Rows.of(file, stream));
      }

      assertThat(rows).isEqualTo(expected);
      assertThat(file.metadata().warnings()).isEmpty();
      assertThat(file.metadata().comms()).isEqualTo(plain.comms());
      assertThat(file.metadata().kernel()).isEqualTo(plain.uname());
      assertThat(file.metadata().recordingId()).isEqualTo(plain.traceId());
      assertThat(file.metadata().clock()).isIn("local", "global", "mono", "x86-tsc");
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void extentsOfAnySizeGiveTheSameRows(Recording recording) throws IOException {
    try (TraceFile file = open(recording)) {
      for (PageStream stream : file.streams()) {
        long whole = hash(file, stream, List.of(stream.whole()));

        for (long target : new long[] {1, 65536}) {
          assertThat(hash(file, stream, stream.extents(file.input(), target)))
              .as("extents of %d bytes", target)
              .isEqualTo(whole);
        }
      }
    }
  }

  private static byte[] unpack(String codec, byte[] packed, int plainBytes) {
    if (!codec.equals("zstd")) {
      return ChunkUnpacker.ZLIB_ONLY.unpack(codec, packed, plainBytes);
    }
    byte[] plain = new byte[plainBytes];
    assertThat(Unpacker.of(Compression.ZSTD).unpack(packed, packed.length, plain, plainBytes))
        .isTrue();
    return plain;
  }

  private static long hash(TraceFile file, PageStream stream, List<Extent> extents)
      throws IOException {
    EventBatch batch = new EventBatch(1000);
    long hash = 0;
    for (Extent extent : extents) {
      StreamReader reader = new StreamReader(file, stream, extent);
      while (reader.next(batch)) {
        for (int row = 0; row < batch.size(); row++) {
          hash = 31 * hash + batch.kind(row);
          hash = 31 * hash + batch.time(row);
          hash = 31 * hash + batch.thread(row);
          hash = 31 * hash + batch.code(row);
          hash = 31 * hash + batch.position(row);
          hash = 31 * hash + batch.instructionPointer(row);
        }
      }
    }
    return hash;
  }
}
