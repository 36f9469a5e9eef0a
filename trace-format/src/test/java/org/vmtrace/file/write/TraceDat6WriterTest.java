package org.vmtrace.file.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmtrace.event.EventFormats;
import org.vmtrace.file.CpuStats;
import org.vmtrace.file.LocalInput;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.file.Rows;
import org.vmtrace.file.Sample;
import org.vmtrace.file.TraceFile;
import org.vmtrace.file.TraceMetadata;
import org.vmtrace.file.container.TraceFiles;
import org.vmtrace.ring.Endian;
import org.vmtrace.ring.PageLayout;
import org.vmtrace.testkit.KvmEvents;
import org.vmtrace.testkit.PageShape;

class TraceDat6WriterTest {
  private static final Sample SAMPLE = Sample.X86_64;

  @TempDir Path folder;

  static TraceDat6Header header(Sample sample) {
    EventFormats.Builder formats =
        EventFormats.builder()
            .headerPage(sample.shape().headerPageText())
            .headerEvent(PageShape.headerEventText())
            .add("ftrace", "name: function\nID: 1\nformat:\n");
    sample.kernel().all().forEach(event -> formats.add(event.system(), event.formatText()));
    return new TraceDat6Header(
        formats.build(),
        PageLayout.of(sample.shape().pageBytes(), Endian.of(sample.shape().order())),
        4,
        "mono",
        "Linux somewhere 6.1.0",
        "vm-trace 1.0",
        99,
        TraceDat6Header.STATS_BYTES,
        100);
  }

  private FileChannel create() throws IOException {
    return FileChannel.open(
        folder.resolve("trace.dat"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static void pages(TraceDat6Writer writer, FileChannel channel, int cpu, byte[] pages)
      throws IOException {
    long offset = writer.beginCpu(cpu);
    assertThat(offset % 4096).isZero();
    channel.write(ByteBuffer.wrap(pages), offset);
    writer.endCpu(cpu, pages.length);
  }

  private TraceFile open() throws IOException {
    return TraceFiles.open(LocalInput.open(folder.resolve("trace.dat")), OpenOptions.defaults());
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    byte[] first = SAMPLE.pages(2, 1_000);
    byte[] second = SAMPLE.pages(3, 5_000);
    TraceDat6Header header = header(SAMPLE);
    try (FileChannel channel = create()) {
      TraceDat6Writer writer = new TraceDat6Writer(channel, header);
      pages(writer, channel, 3, first);
      pages(writer, channel, 1, second);
      writer.finish(
          Map.of(3, "entries: 0\noverrun: 5\n", 1, "dropped events: 8\n"),
          Map.of(100, "CPU 0/KVM", 7, "a\nb"));
    }

    try (TraceFile file = open()) {
      TraceMetadata metadata = file.metadata();
      assertThat(metadata.formats()).isEqualTo(header.formats());
      assertThat(metadata.clock()).isEqualTo("mono");
      assertThat(metadata.kernel()).isEqualTo("Linux somewhere 6.1.0");
      assertThat(metadata.recordingId()).isEqualTo(99);
      assertThat(metadata.comms()).isEqualTo(Map.of(100, "CPU 0/KVM", 7, "a b"));
      assertThat(metadata.cpuStats())
          .containsExactly(
              new CpuStats("", 1, -1, -1, -1, 8, -1), new CpuStats("", 3, 0, 5, -1, -1, -1));
      assertThat(metadata.warnings()).isEmpty();
      assertThat(Rows.of(file, file.streams().get(0))).isEqualTo(Rows.of(SAMPLE.plain(1, second)));
      assertThat(Rows.of(file, file.streams().get(1))).isEqualTo(Rows.of(SAMPLE.plain(3, first)));
    }
  }

  @Test
  void aFileWhoseWriterDiedIsReadToItsLastWholePage() throws IOException {
    byte[] pages = SAMPLE.pages(3, 1_000);
    try (FileChannel channel = create()) {
      TraceDat6Writer writer = new TraceDat6Writer(channel, header(SAMPLE));
      channel.write(ByteBuffer.wrap(pages, 0, pages.length - 10), writer.beginCpu(2));
    }

    try (TraceFile file = open()) {
      assertThat(file.metadata().warnings()).singleElement().asString().contains("not finished");
      assertThat(Rows.of(file, file.streams().get(0)))
          .isEqualTo(Rows.of(SAMPLE.plain(2, Sample.cut(pages, 8192))));
    }
  }

  @Test
  void bigEndianPagesMakeABigEndianFile() throws IOException {
    Sample big =
        new Sample(
            PageShape.of(65536, ByteOrder.BIG_ENDIAN), KvmEvents.arm64(ByteOrder.BIG_ENDIAN));
    byte[] pages = big.pages(2, 1_000);
    try (FileChannel channel = create()) {
      TraceDat6Writer writer = new TraceDat6Writer(channel, header(big));
      pages(writer, channel, 0, pages);
      writer.finish(Map.of(), Map.of());
    }

    try (TraceFile file = open()) {
      assertThat(file.metadata().warnings()).isEmpty();
      assertThat(Rows.of(file, file.streams().get(0))).isEqualTo(Rows.of(big.plain(0, pages)));
    }
  }

  @Test
  void whatHasNoRoomIsLeftOut() throws IOException {
    try (FileChannel channel = create()) {
      TraceDat6Writer writer = new TraceDat6Writer(channel, header(SAMPLE));
      pages(writer, channel, 0, SAMPLE.pages(1, 1_000));
      writer.finish(
          Map.of(0, "overrun: 5\n", 1, "x".repeat(600)),
          Map.of(1, "a name of more than a hundred characters".repeat(3), 2, "short"));
    }

    try (TraceFile file = open()) {
      assertThat(file.metadata().comms()).isEqualTo(Map.of(2, "short"));
      assertThat(file.metadata().cpuStats()).extracting(CpuStats::cpu).containsExactly(0);
    }
  }

  @Test
  void namesTakeThePlaceOfThoseBefore() throws IOException {
    try (FileChannel channel = create()) {
      TraceDat6Writer writer = new TraceDat6Writer(channel, header(SAMPLE));
      writer.finish(Map.of(), Map.of(1, "one", 2, "two"));
      writer.finish(Map.of(), Map.of(3, "three"));
    }

    try (TraceFile file = open()) {
      assertThat(file.metadata().comms()).isEqualTo(Map.of(3, "three"));
    }
  }

  @Test
  void aCpuThatTheTableHasNoRoomForIsRefused() throws IOException {
    try (FileChannel channel = create()) {
      TraceDat6Writer writer = new TraceDat6Writer(channel, header(SAMPLE));

      assertThatThrownBy(() -> writer.beginCpu(4)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
