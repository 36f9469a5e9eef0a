package org.vmtrace.file.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vmtrace.event.EventFormats;
import org.vmtrace.file.Extent;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.file.PageStream;
import org.vmtrace.file.Rows;
import org.vmtrace.file.Sample;
import org.vmtrace.file.TraceFile;
import org.vmtrace.file.TraceFormatException;
import org.vmtrace.testkit.EventShape;
import org.vmtrace.testkit.KvmEvents;
import org.vmtrace.testkit.OriginalFile;
import org.vmtrace.testkit.PageBuilder;
import org.vmtrace.testkit.PageShape;
import org.vmtrace.testkit.PlainIsa;

class OriginalFileTest {
  static Stream<KvmEvents> x86Kernels() {
    return Stream.of(
        KvmEvents.linux2631(),
        KvmEvents.linux2632(),
        KvmEvents.linux2638(),
        KvmEvents.linux36(),
        KvmEvents.linux2012Rt(),
        KvmEvents.linux61(),
        KvmEvents.linux73());
  }

  private static byte[] file(KvmEvents kernel, byte[] pages) {
    return OriginalFile.of(kernel.entry().id(), kernel.exit().id(), pages);
  }

  private static EventFormats formats(KvmEvents kernel) {
    EventFormats.Builder builder = EventFormats.builder();
    kernel.all().forEach(event -> builder.add(event.system(), event.formatText()));
    return builder.headerPage(PageShape.X86_64.headerPageText()).build();
  }

  @ParameterizedTest
  @MethodSource("x86Kernels")
  void theSizesOfTheTwoRecordsTellTheLayout(KvmEvents kernel) throws IOException {
    Sample sample = new Sample(PageShape.X86_64, kernel);
    byte[] pages = sample.pages(4, 1_000_000);

    try (TraceFile file = Sample.open(file(kernel, pages))) {
      assertThat(file.metadata().container()).isEqualTo("vm-trace");
      assertThat(file.metadata().warnings()).isEmpty();
      assertThat(Rows.of(file, file.streams().get(0))).isEqualTo(Rows.of(sample.plain(0, pages)));
    }
  }

  @ParameterizedTest
  @MethodSource("x86Kernels")
  void formatsThatAreGivenDecide(KvmEvents kernel) throws IOException {
    Sample sample = new Sample(PageShape.X86_64, kernel);
    byte[] pages = sample.pages(2, 1_000_000);

    try (TraceFile file =
        Sample.open(file(kernel, pages), OpenOptions.defaults().withFormats(formats(kernel)))) {
      assertThat(Rows.of(file, file.streams().get(0))).isEqualTo(Rows.of(sample.plain(0, pages)));
      assertThat(file.schema().format(kernel.other().id())).isPresent();
    }
  }

  @Test
  void formatsOfAnotherKernelAreRefused() {
    byte[] bytes = file(KvmEvents.linux61(), Sample.X86_64.pages(1, 5));
    OpenOptions options = OpenOptions.defaults().withFormats(formats(KvmEvents.linux73()));

    assertThatThrownBy(() -> Sample.open(bytes, options))
        .isInstanceOf(TraceFormatException.class)
        .hasMessageContaining("1440 and 1449")
        .hasMessageContaining("1721 and 1733");
  }

  @Test
  void sizesOfNoKnownKernelGiveTimesAndThreadsAndAWarning() throws IOException {
    EventShape exit = EventShape.event("kvm", "kvm_exit", 20).field("u64 a", 8, false).print("");
    EventShape entry = EventShape.event("kvm", "kvm_entry", 21).field("u64 a", 8, false).print("");
    KvmEvents base = KvmEvents.linux61();
    KvmEvents odd = new KvmEvents(base.order(), exit, entry, base.other(), base.message());
    byte[] page =
        new PageBuilder(PageShape.X86_64, 1000)
            .event(1500, odd.exit(7, PlainIsa.SVM, 1, 2, 3))
            .event(1700, odd.entry(7, 2, 3, false))
            .build();

    try (TraceFile file = Sample.open(file(odd, page))) {
      assertThat(file.metadata().warnings())
          .singleElement()
          .asString()
          .contains("fit no known kernel")
          .contains("--event-formats");
      assertThat(Rows.of(file, file.streams().get(0)))
          .containsExactly(
              "PAGE at 1000, 40 bytes, lost false 0",
              "EXIT 1500 thread 7 cpu 0 code 0 NONE failed false rip none vcpu -1",
              "ENTRY 1700 thread 7 cpu 0 code 0 immediate false rip none vcpu -1");
    }
  }

  @Test
  void pagesBeginAtByteEightWhateverTheTiles() throws IOException {
    KvmEvents kernel = KvmEvents.linux61();
    byte[] bytes = file(kernel, Sample.X86_64.pages(4, 1_000_000));
    try (TraceFile file = Sample.open(bytes)) {
      PageStream stream = file.streams().get(0);
      List<String> whole = Rows.of(file, stream);
      for (int border : new int[] {0, 1, 7, 8, 9, 4096, 4103, 4104, 4105, 8200, bytes.length}) {
        List<Extent> tiles =
            List.of(new Extent(0, border, -1), new Extent(border, bytes.length, -1));
        assertThat(Rows.of(file, stream, tiles, 100)).as("border %d", border).isEqualTo(whole);
      }
    }
  }

  @Test
  void aPageCutByTheEndIsAWarningAndADamage() throws IOException {
    byte[] bytes = file(KvmEvents.linux61(), Sample.X86_64.pages(2, 1_000_000));

    try (TraceFile file = Sample.open(Sample.cut(bytes, bytes.length - 1))) {
      assertThat(file.metadata().warnings())
          .containsExactly("the file is cut short: its last page has only 4095 bytes");
      assertThat(Rows.of(file, file.streams().get(0))).endsWith("DAMAGE PAGE_CUT_SHORT at 0");
    }
  }

  @Test
  void aFileWithoutPagesHasNoStream() throws IOException {
    try (TraceFile file = Sample.open(file(KvmEvents.linux61(), new byte[0]))) {
      assertThat(file.streams()).isEmpty();
    }
  }

  @Test
  void aHeaderCutShortOrWithOneIdIsRefused() {
    byte[] bytes = file(KvmEvents.linux61(), new byte[0]);
    for (int length = 4; length < 8; length++) {
      byte[] cut = Sample.cut(bytes, length);
      assertThatThrownBy(() -> Sample.open(cut)).isInstanceOf(TraceFormatException.class);
    }
    byte[] same = OriginalFile.of(5, 5, new byte[4096]);
    assertThatThrownBy(() -> Sample.open(same))
        .isInstanceOf(TraceFormatException.class)
        .hasMessageContaining("same id 5");
  }

  @Test
  void theFileMayBeManyBlocksLong() throws IOException {
    Sample sample = Sample.X86_64;
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    byte[] some = sample.pages(100, 1_000_000);
    for (int i = 0; i < 3; i++) {
      many.writeBytes(some);
    }
    byte[] bytes = file(sample.kernel(), many.toByteArray());

    try (TraceFile file = Sample.open(bytes)) {
      PageStream stream = file.streams().get(0);
      List<String> rows = Rows.of(file, stream);
      assertThat(rows).isEqualTo(Rows.of(sample.plain(0, many.toByteArray())));
      assertThat(Rows.of(file, stream, stream.extents(file.input(), 1_100_000), 1000))
          .isEqualTo(rows);
      assertThat(stream.extents(file.input(), 1_100_000))
          .extracting(extent -> extent.end() - extent.start())
          .containsExactly(1_101_824L, 300L * 4096 - 1_101_824L);
    }
    assertThat(Arrays.copyOf(bytes, 4)).containsExactly(0x01, 0x6d, 0xe9, 0xcc);
  }
}
