package org.vmtrace.file.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vmtrace.event.EventFormats;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.file.Rows;
import org.vmtrace.file.Sample;
import org.vmtrace.file.TraceFile;
import org.vmtrace.file.TraceFormatException;
import org.vmtrace.testkit.KvmEvents;
import org.vmtrace.testkit.PageShape;

class BarePagesTest {
  private static OpenOptions options(Sample sample) {
    EventFormats.Builder builder = EventFormats.builder();
    sample.kernel().all().forEach(event -> builder.add(event.system(), event.formatText()));
    return OpenOptions.defaults()
        .withFormats(builder.headerPage(sample.shape().headerPageText()).build());
  }

  @Test
  void pagesAreReadWithTheFormatsThatAreGiven() throws IOException {
    byte[] pages = Sample.X86_64.pages(3, 77);

    try (TraceFile file = Sample.open(pages, options(Sample.X86_64))) {
      assertThat(file.metadata().container()).isEqualTo("pages");
      assertThat(Rows.of(file, file.streams().get(0)))
          .isEqualTo(Rows.of(Sample.X86_64.plain(0, pages)));
    }
  }

  @Test
  void theByteOrderIsTheOneInWhichTheyLookLikePages() throws IOException {
    Sample big =
        new Sample(PageShape.of(4096, ByteOrder.BIG_ENDIAN), KvmEvents.arm64(ByteOrder.BIG_ENDIAN));
    byte[] pages = big.pages(3, 77);

    try (TraceFile file = Sample.open(pages, options(big))) {
      assertThat(Rows.of(file, file.streams().get(0))).isEqualTo(Rows.of(big.plain(0, pages)));
    }
  }

  @Test
  void aPageSizeOfTheOptionsWins() throws IOException {
    Sample large = new Sample(PageShape.of(16384, ByteOrder.LITTLE_ENDIAN), KvmEvents.linux61());
    byte[] pages = large.pages(3, 77);

    try (TraceFile file = Sample.open(pages, options(Sample.X86_64).withPageBytes(16384))) {
      assertThat(Rows.of(file, file.streams().get(0))).isEqualTo(Rows.of(large.plain(0, pages)));
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "-4096", "16", "4097", "2097152", "2147483647"})
  void pageSizesThatNoKernelHasAreRefused(int pageBytes) throws IOException {
    byte[] pages = Sample.X86_64.pages(1, 77);
    OpenOptions options = options(Sample.X86_64).withPageBytes(pageBytes);
    if (pageBytes == 0) {
      Sample.open(pages, options).close();
      return;
    }
    assertThatThrownBy(() -> Sample.open(pages, options))
        .isInstanceOf(TraceFormatException.class)
        .hasMessageContaining("--page-size");
  }

  @Test
  void oneDamagedPageAmongGoodOnesIsNoReasonToRefuse() throws IOException {
    byte[] pages = Sample.X86_64.pages(3, 77);
    pages[8] = (byte) 0xff;
    pages[9] = (byte) 0xff;

    try (TraceFile file = Sample.open(pages, options(Sample.X86_64))) {
      assertThat(Rows.of(file, file.streams().get(0)))
          .startsWith("DAMAGE COMMIT_EXCEEDS_PAGE at 0")
          .isEqualTo(Rows.of(Sample.X86_64.plain(0, pages)));
    }
  }

  @Test
  void textIsNoPages() {
    byte[] text = "nothing to see here\n".repeat(1000).getBytes(StandardCharsets.US_ASCII);

    assertThatThrownBy(() -> Sample.open(text, options(Sample.X86_64)))
        .isInstanceOf(TraceFormatException.class)
        .hasMessageContaining("neither a trace file nor one of ring-buffer pages");
  }

  @ParameterizedTest
  @CsvSource({
    "trace_pipe_raw, 0",
    "cpu3, 3",
    "/traces/cpu7/raw.cpu12.bin, 12",
    "/cpu7/raw.bin, 0",
    "cpu0012, 12",
    "my-cpu1-cpu2.raw, 2",
    "cpu, 0",
    "cpu99999999999, 0",
  })
  void theCpuStandsInTheFilesName(String name, int cpu) {
    assertThat(BarePages.cpuOf(name)).isEqualTo(cpu);
  }
}
