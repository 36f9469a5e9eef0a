package org.vmtrace.collect.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineOutputTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final LineOutput out = new LineOutput(bytes);

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 999, 1_000_000_000, 658_185_578_315L, -1, -1_500_000_000, 1L << 62})
  void numbersAreWrittenExactly(long number) throws IOException {
    out.number(number).text(" ").hex(number).text(" ").seconds(number, 0).text(" ").micros(number);

    assertThat(written())
        .isEqualTo(
            "%d 0x%x %s %s",
            number,
            number,
            BigDecimal.valueOf(number, 9).toPlainString(),
            BigDecimal.valueOf(number, 3).toPlainString());
  }

  @Test
  void theSmallestNumberHasAMagnitudeToo() throws IOException {
    out.number(Long.MIN_VALUE).text(" ").seconds(Long.MIN_VALUE, 0);

    assertThat(written()).isEqualTo("-9223372036854775808 -9223372036.854775808");
  }

  @Test
  void timesAreAlignedAtTheirPoint() throws IOException {
    out.seconds(1, 16).newLine().seconds(658_185_578_315L, 16);

    assertThat(written()).isEqualTo("     0.000000001\n   658.185578315");
  }

  @Test
  void columnsCountFromTheStartOfTheLine() throws IOException {
    out.text("first").newLine().text("ab").column(5).text("c").column(3).text("d");

    assertThat(written()).isEqualTo("first\nab   c d");
  }

  @Test
  void whatIsNoVisibleCharacterIsEscaped() throws IOException {
    out.text("a\u001b[2Jé\u202e");

    assertThat(written()).isEqualTo("a\\u001b[2Jé\\u202e");
  }

  @Test
  void whatIsEscapedAlreadyIsNotEscapedAgain() throws IOException {
    out.escaped("comm=\"é\\u000a\\\"x\"");

    assertThat(written()).isEqualTo("comm=\"é\\u000a\\\"x\"");
  }

  @Test
  void backslashesOfATraceAreDoubled() throws IOException {
    out.text("\\u0041");

    assertThat(written()).isEqualTo("\\\\u0041");
  }

  @Test
  void moreThanTheBufferHoldsIsWrittenInOrder() throws IOException {
    StringBuilder expected = new StringBuilder();
    for (int line = 0; line < 20_000; line++) {
      out.number(line).column(10).text("text").newLine();
      expected
          .append(line)
          .append(" ".repeat(10 - Integer.toString(line).length()))
          .append("text\n");
    }

    assertThat(written()).isEqualTo(expected.toString());
  }

  private String written() throws IOException {
    out.flush();
    return bytes.toString(UTF_8);
  }
}
