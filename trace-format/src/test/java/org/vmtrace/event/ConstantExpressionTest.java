package org.vmtrace.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConstantExpressionTest {
  private static OptionalLong value(String text) {
    return ConstantExpression.evaluate(PrintFormatTokens.of(text));
  }

  @ParameterizedTest
  @CsvSource({
    "12, 12",
    "0x040 + 14, 78",
    "0x400, 1024",
    "-1, -1",
    "-1ull, -1",
    "0x80000001ull, 2147483649",
    "0xffffffffffffffff, -1",
    "(1 << 3), 8",
    "1 << 2 + 1, 8",
    "1 | 2 << 4, 33",
    "(((5))), 5",
    "017, 15",
    "~0, -1",
    "~-1, 0",
    "-~1, 2",
    "10 - 3 - 2, 5",
    "1 << 64, 0",
  })
  void constantsMeanWhatTheyMeanInC(String text, long value) {
    assertThat(value(text)).hasValue(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "EXIT_REASON_HLT",
        "1 +",
        "(1",
        "1 2",
        "0x",
        "09",
        "99999999999999999999",
        "\"1\""
      })
  void whatIsNoConstantHasNoValue(String text) {
    assertThat(value(text)).isEmpty();
  }

  @Test
  void manyParenthesesOrSignsHaveNoValueAndDoNotOverflowTheStack() {
    assertThat(value("(".repeat(100_000))).isEmpty();
    assertThat(value("-".repeat(100_000))).isEmpty();
    assertThat(value("-".repeat(100_000) + "1")).hasValue(1);
  }

  @Test
  void parenthesesBesideEachOtherAreNotNested() {
    assertThat(value("(1)" + " + (1)".repeat(999))).hasValue(1000);
  }
}
