package org.vmtrace.file.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vmtrace.file.Extent;
import org.vmtrace.file.PageStream;
import org.vmtrace.file.Sample;
import org.vmtrace.file.StreamReader;
import org.vmtrace.file.TraceFile;
import org.vmtrace.file.TraceFormatException;
import org.vmtrace.ring.EventBatch;
import org.vmtrace.testkit.ChunkCodec;
import org.vmtrace.testkit.KvmEvents;
import org.vmtrace.testkit.OriginalFile;
import org.vmtrace.testkit.PageShape;
import org.vmtrace.testkit.Seeds;
import org.vmtrace.testkit.TraceDatBuilder;

/** Any bytes give a file or one clear sentence: no other exception, no hang, no large memory. */
class BrokenHeaderTest {
  /** A kernel with short format texts. */
  private static final Sample SAMPLE = new Sample(PageShape.X86_64, KvmEvents.linux2631());

  static Stream<Named<byte[]>> files() {
    return Stream.of(
        Named.of("the original's", original()),
        Named.of("version 6", small().kallsyms("symbols").version6()),
        Named.of("version 7", small().version7()),
        Named.of(
            "version 7, zlib",
            small().compression(ChunkCodec.ZLIB, 2).compressMetadata().version7()),
        Named.of(
            "version 7, zstd",
            small().compression(ChunkCodec.ZSTD, 2).compressMetadata().version7()));
  }

  private static byte[] original() {
    KvmEvents kernel = KvmEvents.linux61();
    return OriginalFile.of(
        kernel.entry().id(),
        kernel.exit().id(),
        new Sample(PageShape.X86_64, kernel).pages(2, 1000));
  }

  private static TraceDatBuilder small() {
    return new TraceDatBuilder(SAMPLE.shape())
        .event(SAMPLE.kernel().exit())
        .event(SAMPLE.kernel().entry())
        .comm(1, "one")
        .cpuStat(0, "overrun: 5\n")
        .tscToNs(1, 1, 1)
        .pages(0, SAMPLE.pages(3, 1000))
        .pages("side", 1, SAMPLE.pages(1, 1000));
  }

  /** Opens and reads all of it; true if that went well, false if the file was refused. */
  private static boolean isReadable(byte[] bytes) throws IOException {
    EventBatch batch = new EventBatch(100);
    try (TraceFile file = Sample.open(bytes)) {
      for (PageStream stream : file.streams()) {
        for (Extent extent : stream.extents(file.input(), 5000)) {
          StreamReader reader = new StreamReader(file, stream, extent);
          while (reader.next(batch)) {
            assertThat(batch.size()).isPositive();
          }
        }
      }
      return true;
    } catch (TraceFormatException e) {
      assertThat(e.getMessage()).startsWith("trace.dat: ").doesNotContain("\n");
      return false;
    }
  }

  @Test
  void aVersion6HeaderCutAtAnyByteIsRefused() throws IOException {
    byte[] bytes = SAMPLE.dat().kallsyms("symbols").version6();
    int firstPage;
    try (TraceFile file = Sample.open(bytes)) {
      firstPage = (int) file.streams().get(0).offset();
    }
    int headerEnd = firstPage;
    while (bytes[headerEnd - 1] == 0) {
      headerEnd--;
    }
    for (int length = 0; length < headerEnd; length++) {
      byte[] cut = Sample.cut(bytes, length);
      assertThatThrownBy(() -> Sample.open(cut))
          .as("cut to %d bytes", length)
          .isInstanceOf(TraceFormatException.class);
    }
    assertThat(isReadable(Sample.cut(bytes, headerEnd))).isTrue();
  }

  @ParameterizedTest
  @MethodSource("files")
  void aFileCutAtAnyByteIsReadOrRefused(byte[] bytes) throws IOException {
    for (int length = 0; length < bytes.length; length += length < 3000 ? 1 : 97) {
      isReadable(Sample.cut(bytes, length));
    }
    assertThat(isReadable(bytes)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("files")
  void bytesChangedAnywhereAreReadOrRefused(byte[] bytes) throws IOException {
    long seed = Seeds.first();
    Random random = new Random(seed);
    for (int i = 0; i < 1000; i++) {
      byte[] changed = bytes.clone();
      int changes = 1 + random.nextInt(3);
      for (int change = 0; change < changes; change++) {
        changed[random.nextInt(Math.min(bytes.length, 4000))] = (byte) random.nextInt();
      }
      try {
        isReadable(changed);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + seed + ", round " + i, e);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void absurdNumbersAnywhereAreReadOrRefused(byte[] bytes) throws IOException {
    for (long number : new long[] {-1, 1L << 40}) {
      for (int at = 12; at < Math.min(bytes.length - 8, 4000); at += 3) {
        byte[] changed = bytes.clone();
        ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putLong(at, number);
        isReadable(changed);
      }
    }
  }

  @Test
  void anEmptyFileIsRefused() {
    assertThatThrownBy(() -> Sample.open(new byte[0]))
        .hasMessage("trace.dat: the file is empty (at byte 0)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "hello world, this is a text file\n", "\0\0\0\0\0\0\0\0\0\0\0\0"})
  void whatIsNoTraceIsRefusedWithWhatCanBeRead(String text) {
    assertThatThrownBy(() -> Sample.open(text.getBytes(StandardCharsets.US_ASCII)))
        .isInstanceOf(TraceFormatException.class)
        .hasMessage(
            "trace.dat: this is no trace file; trace.dat and vm-trace files can be read, bare"
                + " pages with --event-formats");
  }

  @Test
  void packedFilesAreToBeUnpackedFirst() {
    byte[] gzip = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0};

    assertThatThrownBy(() -> Sample.open(gzip))
        .hasMessage("trace.dat: the file is packed with gzip; unpack it first");
  }

  @Test
  void otherVersionsAreNamed() {
    byte[] bytes = SAMPLE.dat().version6();
    bytes[10] = '9';

    assertThatThrownBy(() -> Sample.open(bytes))
        .hasMessageStartingWith("trace.dat: trace.dat version 9 is not known");
  }

  @Test
  void namesInAMessageCannotReachTheTerminal() {
    TraceFormatException e = new TraceFormatException("a\u001b[2J\nb", 3, "bad\r", "");

    assertThat(e).hasMessage("a?[2J?b: bad? (at byte 3)");
  }

  @Test
  void dataWithinTheHeaderAreRefused() {
    byte[] bytes = SAMPLE.dat().version6();
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int table = text.indexOf("flyrecord\0") + 10;
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(table, 100);

    assertThatThrownBy(() -> Sample.open(bytes))
        .isInstanceOf(TraceFormatException.class)
        .hasMessageContaining("the data of CPU 0 is said to begin at byte 100, within the header");
  }
}
