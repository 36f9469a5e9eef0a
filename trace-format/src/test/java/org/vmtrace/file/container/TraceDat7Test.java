package org.vmtrace.file.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vmtrace.file.BytesInput;
import org.vmtrace.file.Compression;
import org.vmtrace.file.Extent;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.file.OpenedTrace;
import org.vmtrace.file.PageStream;
import org.vmtrace.file.Rows;
import org.vmtrace.file.Sample;
import org.vmtrace.file.SeekableInput;
import org.vmtrace.file.TraceFile;
import org.vmtrace.file.TraceFormatException;
import org.vmtrace.testkit.ChunkCodec;
import org.vmtrace.testkit.KvmEvents;
import org.vmtrace.testkit.PageShape;
import org.vmtrace.testkit.TraceDatBuilder;

class TraceDat7Test {
  private static final Sample SAMPLE = Sample.X86_64;

  static Stream<ChunkCodec> codecs() {
    return Stream.of(ChunkCodec.NONE, ChunkCodec.ZSTD, ChunkCodec.ZLIB);
  }

  private static ByteBuffer numbers(byte[] file) {
    return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] chunked(int pages) {
    return new TraceDatBuilder(SAMPLE.shape())
        .events(SAMPLE.kernel())
        .compression(ChunkCodec.ZLIB, 2)
        .pages(3, SAMPLE.pages(pages, 1_000_000))
        .version7();
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void packedOrNotTheStreamsAreTheSame(ChunkCodec codec) throws IOException {
    byte[] bytes =
        SAMPLE
            .dat()
            .compression(codec, 2)
            .compressMetadata()
            .pages("side", 1, SAMPLE.pages(4, 9_000))
            .version7();

    try (TraceFile file = Sample.open(bytes)) {
      assertThat(file.metadata().container()).isEqualTo("trace.dat 7");
      assertThat(file.metadata().host()).isEqualTo("somewhere");
      assertThat(file.metadata().clock()).isEqualTo("mono");
      assertThat(file.metadata().comms()).hasSize(2);
      assertThat(file.metadata().recordingId()).isEqualTo(0x1122334455667788L);
      assertThat(file.streams())
          .extracting(PageStream::toString)
          .containsExactly("cpu 0", "cpu 2", "side cpu 1");
      assertThat(file.streams()).allMatch(s -> s.isChunked() == (codec.pack() != null));
      assertThat(Rows.of(file, file.streams().get(0)))
          .isEqualTo(Rows.of(SAMPLE.plain(0, SAMPLE.pages(5, 1_000_000))));
      assertThat(Rows.of(file, file.streams().get(2)))
          .isEqualTo(Rows.of(SAMPLE.plain(1, SAMPLE.pages(4, 9_000))));
    }
  }

  @Test
  void aSizeThatCountsItsFirstWordIsReadLikeOneThatDoesNot() throws IOException {
    byte[] bytes = SAMPLE.dat().compression(ChunkCodec.ZLIB, 2).countWordInSize().version7();

    try (TraceFile file = Sample.open(bytes)) {
      assertThat(Rows.of(file, file.streams().get(1)))
          .isEqualTo(Rows.of(SAMPLE.plain(2, SAMPLE.pages(3, 2_000_000))));
    }
  }

  @Test
  void bigEndianFilesAreReadInTheirOrder() throws IOException {
    Sample big =
        new Sample(
            PageShape.of(65536, ByteOrder.BIG_ENDIAN), KvmEvents.arm64(ByteOrder.BIG_ENDIAN));

    try (TraceFile file = Sample.open(big.dat().compression(ChunkCodec.ZSTD, 2).version7())) {
      assertThat(file.streams().get(1).layout().pageBytes()).isEqualTo(65536);
      assertThat(Rows.of(file, file.streams().get(1)))
          .isEqualTo(Rows.of(big.plain(2, big.pages(3, 2_000_000))));
    }
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void everyTilingOfTheFileGivesEveryRowOnce(ChunkCodec codec) throws IOException {
    byte[] bytes = SAMPLE.dat().compression(codec, 2).version7();
    try (TraceFile file = Sample.open(bytes)) {
      PageStream stream = file.streams().get(0);
      List<String> whole = Rows.of(file, stream);
      for (int step : new int[] {bytes.length, 4097, 4096, 4095, 1009, 100}) {
        List<Extent> tiles = new ArrayList<>();
        for (int start = 0; start < bytes.length; start += step) {
          tiles.add(new Extent(start, start + step, Extent.UNKNOWN));
        }
        assertThat(Rows.of(file, stream, tiles, 50)).as("tiles of %d", step).isEqualTo(whole);
      }
      for (long target : new long[] {1, 100, 4096, 1 << 20}) {
        assertThat(Rows.of(file, stream, stream.extents(file.input(), target), 50))
            .isEqualTo(whole);
      }
      assertThat(stream.extents(file.input(), 1)).hasSize(codec.pack() == null ? 5 : 3);
    }
  }

  @Test
  void aChunkThatDoesNotUnpackCostsItselfOnly() throws IOException {
    byte[] bytes = chunked(6);
    try (TraceFile file = Sample.open(bytes)) {
      PageStream stream = file.streams().get(0);
      long second = stream.extents(file.input(), 1).get(1).start();
      List<String> rows = Rows.of(file, stream);
      bytes[(int) second + 8 + 2] ^= 0x55;
      bytes[(int) second + 8 + 9] ^= 0x55;

      List<String> damaged = Rows.of(file, stream);

      List<String> expected = new ArrayList<>(Rows.of(SAMPLE.plain(3, SAMPLE.pages(2, 1_000_000))));
      expected.add("DAMAGE CHUNK_UNREADABLE at 0");
      assertThat(damaged).startsWith(expected.toArray(new String[0]));
      assertThat(damaged).endsWith(rows.get(rows.size() - 1));
      assertThat(damaged).filteredOn(row -> row.startsWith("PAGE")).hasSize(4);
    }
  }

  @Test
  void aChunkHeaderThatCannotBeOneEndsTheStream() throws IOException {
    byte[] bytes = chunked(6);
    try (TraceFile file = Sample.open(bytes)) {
      PageStream stream = file.streams().get(0);
      long second = stream.extents(file.input(), 1).get(1).start();
      for (int value : new int[] {0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
        numbers(bytes).putInt((int) second + 4, value);

        List<String> expected =
            new ArrayList<>(Rows.of(SAMPLE.plain(3, SAMPLE.pages(2, 1_000_000))));
        expected.add("DAMAGE CHUNK_UNREADABLE at 0");
        assertThat(Rows.of(file, stream)).isEqualTo(expected);
        assertThat(Rows.of(file, stream, stream.extents(file.input(), 1), 7)).isEqualTo(expected);
      }
    }
  }

  @Test
  void chunksThatAreMissingAtTheEndAreOneDamage() throws IOException {
    byte[] bytes = chunked(6);
    try (TraceFile file = Sample.open(bytes)) {
      PageStream stream = file.streams().get(0);
      List<Extent> chunks = stream.extents(file.input(), 1);
      List<String> two = Rows.of(file, stream, chunks.subList(0, 2), 100);
      int third = (int) chunks.get(2).start();
      for (int length : new int[] {third, third + 3, third + 8, third + 20}) {
        // The file itself cannot be cut, since its options stand at the end.
        SeekableInput cut = new BytesInput("cut", Sample.cut(bytes, length));
        PageStream part =
            new PageStream(
                0,
                "",
                3,
                stream.layout(),
                "",
                stream.offset(),
                length - stream.offset(),
                Compression.ZLIB,
                true);
        TraceFile cutFile = new OpenedTrace(file.metadata(), file.schema(), List.of(part), cut);
        List<String> expected = new ArrayList<>(two);
        expected.add("DAMAGE CHUNK_UNREADABLE at 0");

        assertThat(Rows.of(cutFile, part)).isEqualTo(expected);
        assertThat(Rows.of(cutFile, part, part.extents(cut, 1), 100)).isEqualTo(expected);
        List<Extent> tiles =
            List.of(new Extent(0, third - 1L, -1), new Extent(third - 1L, length, -1));
        assertThat(Rows.of(cutFile, part, tiles, 100)).isEqualTo(expected);
      }
    }
  }

  @Test
  void theSizeOfPagesComesFromTheBuffer() throws IOException {
    // header_page of the top level says 4096, the instance records 8192.
    Sample large = new Sample(PageShape.of(8192, ByteOrder.LITTLE_ENDIAN), SAMPLE.kernel());
    byte[] bytes = large.dat().headerPage(PageShape.X86_64.headerPageText()).version7();

    try (TraceFile file = Sample.open(bytes)) {
      assertThat(Rows.of(file, file.streams().get(0)))
          .isEqualTo(Rows.of(large.plain(0, large.pages(5, 1_000_000))));
    }
  }

  @Test
  void aBufferWithoutDataIsOneWithoutStreams() throws IOException {
    byte[] bytes = SAMPLE.dat().buffer("side").version7();

    try (TraceFile file = Sample.open(bytes, OpenOptions.defaults().withBuffer("side"))) {
      assertThat(file.streams()).isEmpty();
    }
    assertThatThrownBy(() -> Sample.open(bytes, OpenOptions.defaults().withBuffer("x")))
        .isInstanceOf(TraceFormatException.class)
        .hasMessage("trace.dat: there is no buffer x; its buffers are (top), side");
  }

  @Test
  void aBufferThatOnlyStatisticsNameIsOneWithoutStreams() throws IOException {
    byte[] bytes =
        SAMPLE.dat().option(2, "\nBuffer: side\n\n\0").cpuStat(1, "overrun: 2\n").version7();

    try (TraceFile file = Sample.open(bytes, OpenOptions.defaults().withBuffer("side"))) {
      assertThat(file.streams()).isEmpty();
    }
  }

  @Test
  void theTopBufferIsThereEvenIfTheFileDoesNotNameIt() throws IOException {
    byte[] bytes = SAMPLE.dat().pages("side", 1, SAMPLE.pages(4, 9_000)).version7();
    // Some other option, so that only the one of "side" is left.
    numbers(bytes).putShort(bufferOptions(bytes) + 16, (short) 99);

    try (TraceFile file = Sample.open(bytes, OpenOptions.defaults().withBuffer(""))) {
      assertThat(file.streams()).isEmpty();
    }
    assertThatThrownBy(() -> Sample.open(bytes, OpenOptions.defaults().withBuffer("x")))
        .hasMessage("trace.dat: there is no buffer x; its buffers are (top), side");
  }

  @Test
  void aChainOfOptionsThatLoopsIsRefused() {
    byte[] bytes = SAMPLE.dat().version7();
    int firstAt = "...tracing7\0".length() + 1 + 1 + 4 + "none\0\0".length();
    long first = numbers(bytes).getLong(firstAt);
    long size = numbers(bytes).getLong((int) first + 8);
    int next = (int) (first + 16 + size - 8);
    numbers(bytes).putLong(next, first);

    assertThatThrownBy(() -> Sample.open(bytes))
        .isInstanceOf(TraceFormatException.class)
        .hasMessageContaining("does not end");
  }

  @Test
  void aFileWithoutOptionsIsUnfinished() {
    byte[] bytes = SAMPLE.dat().version7();
    int firstAt = "...tracing7\0".length() + 1 + 1 + 4 + "none\0\0".length();
    numbers(bytes).putLong(firstAt, 0);

    assertThatThrownBy(() -> Sample.open(bytes))
        .isInstanceOf(TraceFormatException.class)
        .hasMessageContaining("was not finished");
  }

  /** Where the section with the options of the buffers begins: the second one of the chain. */
  private static int bufferOptions(byte[] file) {
    // The chain's first section is the last of the file, and its last option tells the next.
    return (int) numbers(file).getLong(file.length - Long.BYTES);
  }

  /** A file whose chain of options ends before the buffers, with a section behind it. */
  private static byte[] withoutBuffers(int nextSection) {
    byte[] bytes = SAMPLE.dat().version7();
    numbers(bytes).putLong(bytes.length - Long.BYTES, 0);
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 16);
    numbers(longer).putShort(bytes.length, (short) nextSection);
    return longer;
  }

  @Test
  void aFileWithoutTheOptionsOfItsBuffersIsUnfinished() {
    byte[] stoppedWithinTheData = withoutBuffers(3);
    byte[] stoppedBefore = Arrays.copyOf(stoppedWithinTheData, stoppedWithinTheData.length - 16);

    for (byte[] bytes : List.of(stoppedWithinTheData, stoppedBefore)) {
      assertThatThrownBy(() -> Sample.open(bytes))
          .isInstanceOf(TraceFormatException.class)
          .hasMessageContaining("was not finished");
    }
  }

  @Test
  void aFileThatWasClosedWithoutDataHasNoStreams() throws IOException {
    // trace-cmd convert writes no option BUFFER for buffers without data, and STRINGS at the end.
    try (TraceFile file = Sample.open(withoutBuffers(15))) {
      assertThat(file.streams()).isEmpty();
      assertThat(file.metadata().warnings()).isEmpty();
      assertThat(file.metadata().damaged()).isFalse();
    }
  }

  @Test
  void aTextTraceOfALatencyTracerIsRefusedByName() {
    byte[] bytes = SAMPLE.dat().version7();
    numbers(bytes).putShort(bufferOptions(bytes) + 16, (short) 22);

    assertThatThrownBy(() -> Sample.open(bytes))
        .isInstanceOf(TraceFormatException.class)
        .hasMessageContaining("latency tracer");
  }

  @Test
  void buffersBesideTheTextOfALatencyTracerAreRead() throws IOException {
    byte[] bytes = SAMPLE.dat().pages("side", 1, SAMPLE.pages(4, 9_000)).version7();
    numbers(bytes).putShort(bufferOptions(bytes) + 16, (short) 22);

    try (TraceFile file = Sample.open(bytes)) {
      assertThat(file.streams()).extracting(PageStream::toString).containsExactly("side cpu 1");
    }
  }

  @Test
  void anUnknownCompressionIsNamed() {
    ChunkCodec lz4 = new ChunkCodec("lz4", "1.9", ChunkCodec.ZLIB.pack());
    byte[] bytes = SAMPLE.dat().compression(lz4, 2).version7();

    assertThatThrownBy(() -> Sample.open(bytes))
        .isInstanceOf(TraceFormatException.class)
        .hasMessageContaining("\"lz4\"")
        .hasMessageContaining("zstd, zlib and none");
  }
}
