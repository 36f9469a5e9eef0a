package org.vmtrace.file.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vmtrace.file.container.TraceDat6Test.numbers;
import static org.vmtrace.file.container.TraceDat6Test.table;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.vmtrace.file.PageStream;
import org.vmtrace.file.Rows;
import org.vmtrace.file.Sample;
import org.vmtrace.file.TraceFile;
import org.vmtrace.file.TraceMetadata;
import org.vmtrace.file.TscConversion;

/** What files of version 6 say of their clock and times. */
class TraceDat6ClockTest {
  private static final Sample SAMPLE = Sample.X86_64;

  private static final String CLOCK_WARNING =
      "the name of the trace clock cannot be read, as in files of early versions of trace-cmd whose"
          + " data lies over it: the clock is taken to be local";

  @Test
  void dataThatLiesOverTheNameOfTheClockIsRead() throws IOException {
    byte[] good = SAMPLE.dat().version6();
    int tableEnd = table(good) + 3 * 16;
    int firstPage = (int) numbers(good).getLong(table(good));
    // The data begins at the size of the clock's text, within the size, at the text, within the
    // text.
    for (int gap : new int[] {0, 7, 8, 20}) {
      byte[] bytes = Sample.cut(good, good.length - firstPage + tableEnd + gap);
      System.arraycopy(good, firstPage, bytes, tableEnd + gap, good.length - firstPage);
      for (int entry = table(bytes); entry < tableEnd; entry += 16) {
        long offset = numbers(bytes).getLong(entry);
        numbers(bytes).putLong(entry, offset - firstPage + tableEnd + gap);
      }

      try (TraceFile file = Sample.open(bytes)) {
        assertThat(file.metadata().warnings()).containsExactly(CLOCK_WARNING);
        assertThat(file.metadata().damaged()).isFalse();
        assertThat(file.metadata().clock()).isEqualTo("local");
        assertThat(file.streams()).extracting(PageStream::clock).containsOnly("local");
        assertThat(Rows.of(file, file.streams().get(0)))
            .isEqualTo(Rows.of(SAMPLE.plain(0, SAMPLE.pages(5, 1_000_000))));
      }
    }
  }

  @Test
  void aNameOfTheClockThatCannotBeOneIsAWarning() throws IOException {
    byte[] bytes = SAMPLE.dat().version6();
    for (long size : new long[] {-1, 1L << 40, 4097}) {
      numbers(bytes).putLong(table(bytes) + 3 * 16, size);

      try (TraceFile file = Sample.open(bytes)) {
        assertThat(file.metadata().warnings()).containsExactly(CLOCK_WARNING);
        assertThat(file.streams()).hasSize(2);
      }
    }
  }

  @Test
  void whatAFileAsksToAddToItsTimesIsNotAdded() throws IOException {
    // Options DATE and OFFSET.
    byte[] bytes = SAMPLE.dat().option(1, "0x10\0").option(7, "-5\0").version6();

    try (TraceFile file = Sample.open(bytes)) {
      assertThat(Rows.of(file, file.streams().get(0)).get(0)).startsWith("PAGE at 1000000,");
    }
  }

  @Test
  void cyclesAreConvertedWhereTheFileSaysHow() throws IOException {
    byte[] bytes = SAMPLE.dat().clock("x86-tsc").tscToNs(2, 1, 7).version6();

    try (TraceFile file = Sample.open(bytes)) {
      assertThat(file.metadata().tsc()).isEqualTo(new TscConversion(2, 1, 7));
      assertThat(file.metadata().converts("x86-tsc")).isTrue();
      assertThat(Rows.of(file, file.streams().get(0)).get(0)).startsWith("PAGE at 1000007,");
    }
  }

  @Test
  void traceCmdsOwnClockHoldsNsWhereTheFileDoesNotSayHow() throws IOException {
    try (TraceFile file = Sample.open(SAMPLE.dat().clock("tsc2nsec").version6())) {
      assertThat(TraceMetadata.countsNs(file.metadata().clock())).isTrue();
      assertThat(Rows.of(file, file.streams().get(0)).get(0)).startsWith("PAGE at 1000000,");
    }
  }

  @Test
  void aMultiplierOf0ConvertsNothing() throws IOException {
    byte[] bytes = SAMPLE.dat().clock("x86-tsc").tscToNs(0, 1, 7).version6();

    try (TraceFile file = Sample.open(bytes)) {
      assertThat(file.metadata().converts("x86-tsc")).isFalse();
      assertThat(Rows.of(file, file.streams().get(0)).get(0)).startsWith("PAGE at 1000000,");
    }
  }

  @Test
  void cyclesStayCyclesWhereTheFileDoesNotSayHow() throws IOException {
    try (TraceFile file = Sample.open(SAMPLE.dat().clock("x86-tsc").version6())) {
      assertThat(file.metadata().converts("x86-tsc")).isFalse();
      assertThat(file.streams().get(0).clock()).isEqualTo("x86-tsc");
      assertThat(Rows.of(file, file.streams().get(0)).get(0)).startsWith("PAGE at 1000000,");
    }
  }
}
