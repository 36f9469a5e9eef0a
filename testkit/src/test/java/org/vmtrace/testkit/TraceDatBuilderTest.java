package org.vmtrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class TraceDatBuilderTest {
  static final List<ChunkCodec> CODECS = List.of(ChunkCodec.NONE, ChunkCodec.ZLIB, ChunkCodec.ZSTD);

  private final RandomRecording random =
      RandomRecording.of(11, new RandomKnobs().streams(2, 2).events(2000));

  @Test
  void version6IsReadBack() {
    assertIsTheRecording(random.traceDat().version6());
  }

  @ParameterizedTest
  @FieldSource("CODECS")
  void version7IsReadBack(ChunkCodec codec) {
    assertIsTheRecording(random.traceDat().compression(codec, 3).version7());
  }

  @ParameterizedTest
  @FieldSource("CODECS")
  void compressedTextsAreReadBack(ChunkCodec codec) {
    assertIsTheRecording(random.traceDat().compression(codec, 3).compressMetadata().version7());
  }

  @Test
  void furtherBuffersAreReadBack() {
    byte[] pages = random.pages().get(0);
    TraceDatBuilder file = random.traceDat().pages("side", 1, pages);
    for (byte[] bytes : List.of(file.version6(), file.version7())) {
      PlainTraceDat trace = PlainTraceDat.read(bytes, Zstd::unpack);
      assertThat(trace.buffers().keySet()).containsExactly("", "side");
      assertThat(trace.buffers().get("side").keySet()).containsExactly(1);
      assertThat(trace.buffers().get("side").get(1)).isEqualTo(pages);
    }
  }

  @Test
  void cyclesAreConvertedWithoutOverflow() {
    PageBuilder page = new PageBuilder(PageShape.X86_64, 0x7000_0000_0000_0000L);
    KvmEvents kvm = KvmEvents.linux61();
    page.record(0, kvm.entry(1, 0, 0, false));
    byte[] file =
        new TraceDatBuilder(PageShape.X86_64)
            .events(kvm)
            .tscToNs(0x8000_0000, 32, -5)
            .pages(0, page.build())
            .version6();
    PlainRecording recording = PlainTraceDat.read(file, Zstd::unpack).recordings("x").get(0);
    assertThat(recording.streams().get(0).events().get(0).timeNs())
        .isEqualTo(0x3800_0000_0000_0000L - 5);
  }

  @Test
  void bigEndianFilesAreReadBack() {
    KvmEvents kvm = KvmEvents.arm64(ByteOrder.BIG_ENDIAN);
    RandomKnobs knobs = new RandomKnobs().kernel(PageShape.of(8192, ByteOrder.BIG_ENDIAN), kvm);
    RandomRecording big = RandomRecording.of(3, knobs);
    for (byte[] bytes : List.of(big.traceDat().version6(), big.traceDat().version7())) {
      PlainTraceDat trace = PlainTraceDat.read(bytes, Zstd::unpack);
      assertThat(trace.recordings(big.recording().name())).containsExactly(big.recording());
    }
  }

  @Test
  void rawZstdFramesUnpackWithALibrary() {
    Random bytes = new Random(5);
    Stream.of(0, 1, 131_071, 131_072, 131_073, 400_000)
        .forEach(
            size -> {
              byte[] plain = new byte[size];
              bytes.nextBytes(plain);
              byte[] packed = ChunkCodec.ZSTD.pack().apply(plain);
              assertThat(Zstd.unpack("zstd", packed, size)).isEqualTo(plain);
            });
  }

  @Test
  void originalFileIsEightBytesAndPages() {
    byte[] file = OriginalFile.of(442, 443, new byte[4096]);
    assertThat(Arrays.copyOf(file, 8))
        .inHexadecimal()
        .isEqualTo(
            new byte[] {0x01, 0x6d, (byte) 0xe9, (byte) 0xcc, (byte) 0xba, 1, (byte) 0xbb, 1});
    assertThat(file).hasSize(8 + 4096);
  }

  private void assertIsTheRecording(byte[] bytes) {
    PlainTraceDat trace = PlainTraceDat.read(bytes, Zstd::unpack);
    assertThat(trace.recordings(random.recording().name())).containsExactly(random.recording());
    assertThat(trace.traceId()).isEqualTo(11);
    assertThat(trace.clocks()).contains("[mono]");
    assertThat(trace.comms()).containsAllEntriesOf(Map.of(1000, "CPU 0/KVM"));
    assertThat(trace.headerPage()).isEqualTo(PageShape.X86_64.headerPageText());
  }
}
