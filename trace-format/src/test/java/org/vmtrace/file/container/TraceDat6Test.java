package org.vmtrace.file.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.vmtrace.event.EventPair;
import org.vmtrace.file.CpuStats;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.file.PageStream;
import org.vmtrace.file.Rows;
import org.vmtrace.file.Sample;
import org.vmtrace.file.TraceFile;
import org.vmtrace.file.TraceFormatException;
import org.vmtrace.file.TraceMetadata;
import org.vmtrace.testkit.KvmEvents;
import org.vmtrace.testkit.PageShape;
import org.vmtrace.testkit.TraceDatBuilder;

class TraceDat6Test {
  private static final Sample SAMPLE = Sample.X86_64;

  /** Where the (offset, size) pairs of the CPUs begin. */
  static int table(byte[] file) {
    byte[] mark = "flyrecord\0".getBytes(StandardCharsets.US_ASCII);
    for (int at = 0; at < file.length; at++) {
      if (Arrays.equals(file, at, at + mark.length, mark, 0, mark.length)) {
        return at + mark.length;
      }
    }
    throw new AssertionError("no table of CPUs");
  }

  static ByteBuffer numbers(byte[] file) {
    return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void theHeaderTellsMachineClockThreadsAndId() throws IOException {
    byte[] bytes =
        SAMPLE
            .dat()
            .cpuStat(2, "entries: 1\noverrun: 22\ncommit overrun: 3\ndropped events: 4\n")
            .version6();

    try (TraceFile file = Sample.open(bytes)) {
      TraceMetadata metadata = file.metadata();

      assertThat(metadata.container()).isEqualTo("trace.dat 6");
      assertThat(metadata.kernel()).isEqualTo("Linux somewhere 6.1.0 x86_64");
      assertThat(metadata.host()).isEqualTo("somewhere");
      assertThat(metadata.clock()).isEqualTo("mono");
      assertThat(metadata.recordingId()).isEqualTo(0x1122334455667788L);
      assertThat(metadata.comms()).isEqualTo(Map.of(100, "vcpu 0", 101, "vcpu 1"));
      assertThat(metadata.cpuStats()).containsExactly(new CpuStats("", 2, 1, 22, 3, 4, -1));
      assertThat(metadata.tsc()).isNull();
      assertThat(metadata.warnings()).isEmpty();
      assertThat(metadata.formats().headerPage()).isEqualTo(PageShape.X86_64.headerPageText());
    }
  }

  @Test
  void cpusWithoutDataAreNoStreams() throws IOException {
    try (TraceFile file = Sample.open(SAMPLE.dat().version6())) {
      assertThat(file.streams()).extracting(PageStream::cpu).containsExactly(0, 2);
      assertThat(file.streams()).extracting(PageStream::index).containsExactly(0, 1);
      assertThat(Rows.of(file, file.streams().get(0)))
          .isEqualTo(Rows.of(SAMPLE.plain(0, SAMPLE.pages(5, 1_000_000))));
      assertThat(Rows.of(file, file.streams().get(1)))
          .isEqualTo(Rows.of(SAMPLE.plain(2, SAMPLE.pages(3, 2_000_000))));
    }
  }

  @Test
  void bigEndianFilesOf32BitKernelsAreReadInTheirOrder() throws IOException {
    Sample big =
        new Sample(
            PageShape.of32Bit(4096, ByteOrder.BIG_ENDIAN), KvmEvents.arm64(ByteOrder.BIG_ENDIAN));

    try (TraceFile file = Sample.open(big.dat().version6())) {
      assertThat(file.metadata().recordingId()).isEqualTo(0x1122334455667788L);
      assertThat(Rows.of(file, file.streams().get(1)))
          .isEqualTo(Rows.of(big.plain(2, big.pages(3, 2_000_000))));
    }
  }

  @Test
  void theRecordersLongSizeSaysNothingOfTheKernels() throws IOException {
    try (TraceFile file = Sample.open(SAMPLE.dat().longBytes(4).version6())) {
      assertThat(file.streams().get(0).layout().commitBytes()).isEqualTo(8);
    }
  }

  @Test
  void everyBufferIsAListOfStreamsOfItsOwn() throws IOException {
    byte[] bytes =
        SAMPLE
            .dat()
            .pages("side", 1, SAMPLE.pages(2, 9_000))
            .cpuStat(0, "overrun: 1\n")
            .option(2, "\nBuffer: side\n\n\0")
            .cpuStat(1, "overrun: 2\n")
            .version6();

    try (TraceFile file = Sample.open(bytes)) {
      assertThat(file.streams())
          .extracting(PageStream::toString)
          .containsExactly("cpu 0", "cpu 2", "side cpu 1");
      assertThat(file.metadata().cpuStats())
          .extracting(CpuStats::buffer, CpuStats::cpu, CpuStats::overrun)
          .containsExactly(tuple("", 0, 1L), tuple("side", 1, 2L));
    }
    try (TraceFile file = Sample.open(bytes, OpenOptions.defaults().withBuffer("side"))) {
      assertThat(file.streams()).extracting(PageStream::index).containsExactly(2);
    }
    try (TraceFile file = Sample.open(bytes, OpenOptions.defaults().withBuffer(""))) {
      assertThat(file.streams()).extracting(PageStream::cpu).containsExactly(0, 2);
    }
    assertThatThrownBy(() -> Sample.open(bytes, OpenOptions.defaults().withBuffer("x")))
        .isInstanceOf(TraceFormatException.class)
        .hasMessage("trace.dat: there is no buffer x; its buffers are (top), side");
  }

  @Test
  void aFileWithoutOptionsAndClockIsGood() throws IOException {
    byte[] with = SAMPLE.dat().clock("").version6();
    // Version 6 may leave the block from "options" on out.
    byte[] mark = "options  \0".getBytes(StandardCharsets.US_ASCII);
    int start = new String(with, StandardCharsets.ISO_8859_1).indexOf("options  \0");
    int end = table(with) - "flyrecord\0".length();
    byte[] without = with.clone();
    System.arraycopy(with, end, without, start, table(with) + 3 * 16 - end);
    assertThat(mark).hasSize(10);

    try (TraceFile file = Sample.open(without)) {
      assertThat(file.metadata().clock()).isEmpty();
      assertThat(file.metadata().kernel()).isEmpty();
      assertThat(file.streams()).hasSize(2);
    }
  }

  @Test
  void anOptionMayRaiseTheNumberOfCpusOverThatOfTheHeader() throws IOException {
    // The option says no more than that a clock is named behind the table.
    byte[] plain =
        SAMPLE
            .dat()
            .clock("")
            .option(TraceDatBuilder.OPTION_TRACECLOCK, "")
            .option(8, new byte[] {3, 0, 0, 0})
            .version6();
    int optionsAt = new String(plain, StandardCharsets.ISO_8859_1).indexOf("options  \0");
    numbers(plain).putInt(optionsAt - 4, 2);
    // Old versions of trace-cmd put an empty entry between table and clock.
    byte[] withEntry = plain.clone();
    int clockAt = table(plain) + 3 * 16;
    putClock(plain, clockAt);
    putClock(withEntry, clockAt + 16);

    for (byte[] bytes : List.of(plain, withEntry)) {
      try (TraceFile file = Sample.open(bytes)) {
        assertThat(file.metadata().clock()).isEqualTo("mono");
        assertThat(file.streams()).extracting(PageStream::cpu).containsExactly(0, 2);
      }
    }
  }

  private static void putClock(byte[] file, int at) {
    byte[] text = "local [mono]".getBytes(StandardCharsets.US_ASCII);
    numbers(file).putLong(at, text.length).put(at + 8, text);
  }

  @Test
  void symbolsAndFormatsOfPrintkAreSkipped() throws IOException {
    byte[] bytes =
        SAMPLE
            .dat()
            .kallsyms("ffffffff81000000 T _text\n")
            .printk("0xffffffff82000000 : \"at %d\"\n")
            .version6();

    try (TraceFile file = Sample.open(bytes)) {
      assertThat(file.metadata().comms()).isEqualTo(Map.of(100, "vcpu 0", 101, "vcpu 1"));
      assertThat(file.streams()).hasSize(2);
    }
  }

  @Test
  void aPartThatIsLongerThanTheFileIsRefusedWithItsSize() {
    byte[] bytes = SAMPLE.dat().kallsyms("_text").version6();
    int symbols = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("_text");
    numbers(bytes).putInt(symbols - 4, Integer.MAX_VALUE);

    assertThatThrownBy(() -> Sample.open(bytes))
        .isInstanceOf(TraceFormatException.class)
        .hasMessageContaining(
            "kallsyms of 2147483647 bytes leads past the end of the file, which has "
                + bytes.length);
  }

  @Test
  void aFileThatEndsBeforeItsTableOfCpusIsIncomplete() {
    byte[] bytes = SAMPLE.dat().version6();

    for (int missing = 1; missing <= 10; missing++) {
      byte[] cut = Arrays.copyOf(bytes, table(bytes) - missing);
      assertThatThrownBy(() -> Sample.open(cut))
          .isInstanceOf(TraceFormatException.class)
          .hasMessageContaining("the file ends before its data");
    }
  }

  @Test
  void anythingElseInPlaceOfTheTableOfCpusIsDamage() {
    byte[] bytes = SAMPLE.dat().version6();
    bytes[table(bytes) - 2] = 'x';

    assertThatThrownBy(() -> Sample.open(bytes))
        .isInstanceOf(TraceFormatException.class)
        .hasMessageContaining("the table of CPUs is missing");
  }

  @Test
  void anEmptyHeaderPageIsThatOfAKernelTooOld() {
    byte[] bytes = SAMPLE.dat().headerPage("").version6();

    assertThatThrownBy(() -> Sample.open(bytes))
        .isInstanceOf(TraceFormatException.class)
        .hasMessageContaining("kernels up to 2.6.30");
  }

  @Test
  void unknownOptionsAreSkipped() throws IOException {
    byte[] bytes = SAMPLE.dat().option(99, new byte[5]).option(10, "maps\0").version6();

    try (TraceFile file = Sample.open(bytes)) {
      assertThat(file.streams()).hasSize(2);
    }
  }

  @Test
  void aSizeOfZeroBesideOthersIsACpuWithoutData() throws IOException {
    byte[] bytes = SAMPLE.dat().version6();
    numbers(bytes).putLong(table(bytes) + 8, 0);

    try (TraceFile file = Sample.open(bytes)) {
      assertThat(file.streams()).extracting(PageStream::cpu).containsExactly(2);
      assertThat(file.metadata().warnings()).isEmpty();
    }
  }

  @Test
  void cpusThatClaimTheSameBytesAreReadOnce() throws IOException {
    byte[] bytes = SAMPLE.dat().version6();
    ByteBuffer numbers = numbers(bytes);
    int table = table(bytes);
    long offset = numbers.getLong(table + 32);
    long size = numbers.getLong(table + 40);
    numbers.putLong(table, offset).putLong(table + 8, size);
    numbers.putLong(table + 16, offset + 4096).putLong(table + 24, size - 4096);

    try (TraceFile file = Sample.open(bytes)) {
      assertThat(file.streams().stream().mapToLong(PageStream::bytes).sum()).isEqualTo(size);
      assertThat(file.metadata().damaged()).isTrue();
      assertThat(file.metadata().warnings())
          .containsExactly(
              "the data of CPU 0 and of 1 more is said to run into another CPU's: it is read up to"
                  + " where that begins");
    }
  }

  @Test
  void warningsWithNamesFromTheFileAreOneLine() throws IOException {
    byte[] pages = SAMPLE.pages(3, 2_000_000);
    byte[] bytes = SAMPLE.dat().pages("line\nbreak", 1, pages).version6();

    // The pages of the buffer lie at the end.
    try (TraceFile file = Sample.open(Sample.cut(bytes, bytes.length - 4096))) {
      assertThat(file.metadata().warnings())
          .containsExactly(
              "the file is cut short: it has 8192 of 12288 bytes of the data of CPU 1 of buffer"
                  + " line?break");
    }
  }

  @Test
  void aPageSizeThatHeaderPageContradictsIsAWarning() throws IOException {
    byte[] bytes = SAMPLE.dat().version6();
    numbers(bytes).putInt(14, 8192);

    try (TraceFile file = Sample.open(bytes)) {
      assertThat(file.streams().get(0).layout().pageBytes()).isEqualTo(4096);
      assertThat(file.metadata().warnings()).singleElement().asString().contains("8192");
      assertThat(file.metadata().damaged()).isFalse();
    }
    try (TraceFile file = Sample.open(bytes, OpenOptions.defaults().withPageBytes(8192))) {
      assertThat(file.streams().get(0).layout().pageBytes()).isEqualTo(8192);
      assertThat(file.metadata().warnings()).isEmpty();
    }
  }

  @Test
  void aPageSizeThatTheUserGivesAgainstTheFileIsAWarning() throws IOException {
    byte[] bytes = SAMPLE.dat().version6();

    try (TraceFile file = Sample.open(bytes, OpenOptions.defaults().withPageBytes(8192))) {
      assertThat(file.streams().get(0).layout().pageBytes()).isEqualTo(8192);
      assertThat(file.metadata().warnings())
          .singleElement()
          .asString()
          .contains("4096", "8192, as --page-size says");
    }
  }

  @Test
  void aTextTraceOfALatencyTracerIsRefusedByName() {
    byte[] bytes = SAMPLE.dat().version6();
    System.arraycopy(
        "latency  \0".getBytes(StandardCharsets.US_ASCII), 0, bytes, table(bytes) - 10, 10);

    assertThatThrownBy(() -> Sample.open(bytes))
        .isInstanceOf(TraceFormatException.class)
        .hasMessageContaining("latency tracer");
  }

  @Test
  void missingEventsAreNamedUnlessFormatsAreGiven() throws IOException {
    byte[] bytes =
        new TraceDatBuilder(SAMPLE.shape())
            .event(SAMPLE.kernel().other())
            .pages(0, SAMPLE.pages(1, 5))
            .version6();

    assertThatThrownBy(() -> Sample.open(bytes))
        .isInstanceOf(TraceFormatException.class)
        .hasMessage(
            "trace.dat: there is no event kvm:kvm_exit; there are kvm:kvm_fpu; name the event to"
                + " use with --exit-event");
    try (TraceFile full = Sample.open(SAMPLE.dat().version6())) {
      OpenOptions options = OpenOptions.defaults().withFormats(full.metadata().formats());
      try (TraceFile file = Sample.open(bytes, options)) {
        assertThat(file.schema().fields().exit().eventId()).isEqualTo(1440);
      }
    }
  }

  @Test
  void anotherPairIsReadByName() throws IOException {
    EventPair pair = EventPair.parse("kvm:kvm_fpu", "printk:console", null);

    try (TraceFile file =
        Sample.open(SAMPLE.dat().version6(), OpenOptions.defaults().withPair(pair))) {
      assertThat(file.schema().fields().exit().eventId()).isEqualTo(7);
      assertThat(file.schema().fields().entry().eventId()).isEqualTo(5);
    }
  }
}
