package org.vmtrace.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vmtrace.ring.Endian;
import org.vmtrace.ring.PageLayout;
import org.vmtrace.testkit.PageShape;

class HeaderPageTest {
  private static final String GOOD = PageShape.X86_64.headerPageText();

  @Test
  void the64BitTextGivesPagesOf4096BytesWithDataAt16() throws FormatTextException {
    assertThat(HeaderPage.parse(GOOD, Endian.little()))
        .isEqualTo(new PageLayout(4096, 8, 8, 16, Endian.little()));
  }

  @Test
  void the32BitTextGivesACommitOf4BytesAndDataAt12() throws FormatTextException {
    String text = PageShape.of32Bit(4096, ByteOrder.BIG_ENDIAN).headerPageText();

    assertThat(HeaderPage.parse(text, Endian.big()))
        .isEqualTo(new PageLayout(4096, 8, 4, 12, Endian.big()));
  }

  @Test
  void largeSubBuffersShowInTheSizeOfTheData() throws FormatTextException {
    String text = PageShape.of(65536, ByteOrder.LITTLE_ENDIAN).headerPageText();

    assertThat(HeaderPage.parse(text, Endian.little()).pageBytes()).isEqualTo(65536);
  }

  @Test
  void overwriteMayBeAbsent() throws FormatTextException {
    String text = GOOD.replaceAll("(?m)^.*overwrite.*\n", "");

    assertThat(HeaderPage.parse(text, Endian.little()).dataOffset()).isEqualTo(16);
  }

  @ParameterizedTest
  @CsvSource({
    // kernels up to 2.6.30 have an empty text and another record layout
    "'', empty",
    "'   ', empty",
    "no fields at all, has no field timestamp",
  })
  void textsWithoutFieldsAreRefused(String text, String message) {
    assertThatThrownBy(() -> HeaderPage.parse(text, Endian.little()))
        .isInstanceOf(FormatTextException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({
    "'timestamp;\toffset:0;\tsize:8', 'timestamp;\toffset:0;\tsize:4', time stamp must be 8",
    "'commit;\toffset:8;\tsize:8', 'commit;\toffset:8;\tsize:2', 4 or 8 bytes",
    "'commit;\toffset:8', 'commit;\toffset:4', without overlap",
    "'data;\toffset:16', 'data;\toffset:15', without overlap",
    "'size:4080', 'size:0', room for data",
    "'size:4080', 'size:1048575', within the first MiB",
    "'data;', 'other;', has no field data",
    "'commit;', 'other;', has no field commit",
  })
  void pagesThatNoKernelHasAreRefused(String good, String bad, String message) {
    String text = GOOD.replace(good, bad);
    assertThat(text).isNotEqualTo(GOOD);

    assertThatThrownBy(() -> HeaderPage.parse(text, Endian.little()))
        .isInstanceOf(FormatTextException.class)
        .hasMessageContaining(message);
  }
}
