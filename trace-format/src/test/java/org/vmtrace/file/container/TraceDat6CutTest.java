package org.vmtrace.file.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vmtrace.file.container.TraceDat6Test.numbers;
import static org.vmtrace.file.container.TraceDat6Test.table;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.file.PageStream;
import org.vmtrace.file.Rows;
import org.vmtrace.file.Sample;
import org.vmtrace.file.TraceFile;
import org.vmtrace.file.TraceFormatException;
import org.vmtrace.testkit.TraceDatBuilder;

/** Files of version 6 whose end is missing. */
class TraceDat6CutTest {
  private static final Sample SAMPLE = Sample.X86_64;

  @Test
  void aBufferBehindTheCutIsAWarningAndTheTopOneIsRead() throws IOException {
    byte[] bytes = SAMPLE.dat().pages("side", 1, SAMPLE.pages(2, 9_000)).version6();
    try (TraceFile whole = Sample.open(bytes)) {
      PageStream last = whole.streams().get(1);
      byte[] cut = Sample.cut(bytes, (int) (last.offset() + last.bytes()));

      try (TraceFile file = Sample.open(cut)) {
        assertThat(file.streams()).hasSize(2);
        assertThat(file.metadata().warnings())
            .singleElement()
            .asString()
            .startsWith("buffer side cannot be read: ");
        assertThat(file.metadata().damaged()).isTrue();
      }
    }
  }

  @Test
  void theTopBufferIsReadHoweverManyOthersAreBehindTheCut() throws IOException {
    TraceDatBuilder builder = SAMPLE.dat();
    for (int i = 1; i <= 20; i++) {
      builder.pages("side" + i, 1, SAMPLE.pages(1, 9_000));
    }
    byte[] bytes = builder.version6();
    int firstSide;
    try (TraceFile whole = Sample.open(bytes)) {
      PageStream last = whole.streams().get(1);
      firstSide = (int) (last.offset() + last.bytes());
    }
    byte[] cut = Sample.cut(bytes, firstSide);

    try (TraceFile file = Sample.open(cut)) {
      assertThat(file.streams()).extracting(PageStream::toString).containsExactly("cpu 0", "cpu 2");
      assertThat(file.metadata().damaged()).isTrue();
      assertThat(file.metadata().warnings())
          .hasSize(16)
          .allMatch(warning -> warning.matches("buffer side\\d+ cannot be read: .*"));
    }
    assertThatThrownBy(() -> Sample.open(cut, OpenOptions.defaults().withBuffer("side20")))
        .isInstanceOf(TraceFormatException.class)
        .hasMessageContaining("the table of buffer side20");
  }

  @Test
  void anUnfinishedRecordingRunsToTheLastWholePage() throws IOException {
    byte[] pages = SAMPLE.pages(5, 1_000_000);
    byte[] bytes = SAMPLE.dat().version6();
    int table = table(bytes);
    int offset = (int) numbers(bytes).getLong(table);
    byte[] unfinished = Sample.cut(bytes, offset + pages.length + 100);
    numbers(unfinished).putLong(table + 8, 0);
    numbers(unfinished).putLong(table + 16, 0);
    numbers(unfinished).putLong(table + 32, 0).putLong(table + 40, 0);

    try (TraceFile file = Sample.open(unfinished)) {
      assertThat(file.metadata().warnings())
          .containsExactly(
              "the recording was not finished: it is read to the last whole page of the file");
      assertThat(file.metadata().damaged()).isTrue();
      assertThat(file.streams()).hasSize(1);
      assertThat(Rows.of(file, file.streams().get(0))).isEqualTo(Rows.of(SAMPLE.plain(0, pages)));
    }
  }

  @Test
  void aCutFileGivesItsWholePagesAndOneDamageRow() throws IOException {
    byte[] bytes = SAMPLE.dat().version6();
    byte[] pages = SAMPLE.pages(3, 2_000_000);
    byte[] cut = Sample.cut(bytes, bytes.length - 1000);

    try (TraceFile file = Sample.open(cut)) {
      assertThat(file.metadata().warnings())
          .containsExactly(
              "the file is cut short: it has 11288 of 12288 bytes of the data of CPU 2");
      assertThat(Rows.of(file, file.streams().get(1)))
          .isEqualTo(Rows.of(SAMPLE.plain(2, Sample.cut(pages, pages.length - 1000))))
          .last()
          .isEqualTo("DAMAGE PAGE_CUT_SHORT at 0");
    }
  }

  @Test
  void aFileCutOnAPageBorderGivesAWarningButNoDamage() throws IOException {
    byte[] bytes = SAMPLE.dat().version6();

    try (TraceFile file = Sample.open(Sample.cut(bytes, bytes.length - 4096))) {
      assertThat(file.metadata().warnings()).hasSize(1);
      assertThat(file.metadata().damaged()).isTrue();
      List<String> rows = Rows.of(file, file.streams().get(1));
      assertThat(rows).noneMatch(row -> row.startsWith("DAMAGE"));
      assertThat(rows).filteredOn(row -> row.startsWith("PAGE")).hasSize(2);
    }
  }

  @Test
  void aStreamThatTheFileHasNotToItsEndIsMarked() throws IOException {
    byte[] bytes = SAMPLE.dat().version6();

    for (int missing : new int[] {1, 4096, 5000}) {
      try (TraceFile file = Sample.open(Sample.cut(bytes, bytes.length - missing))) {
        assertThat(file.streams()).extracting(PageStream::cut).containsExactly(false, true);
      }
    }
    try (TraceFile file = Sample.open(bytes)) {
      assertThat(file.streams()).extracting(PageStream::cut).containsExactly(false, false);
    }
  }
}
