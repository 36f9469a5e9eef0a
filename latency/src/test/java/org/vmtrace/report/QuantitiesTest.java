package org.vmtrace.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {
  @ParameterizedTest
  @CsvSource({
    "1ns, 1",
    "500us, 500000",
    "500\u00b5s, 500000",
    "1ms, 1000000",
    "1.5ms, 1500000",
    "2s, 2000000000",
    "1m, 60000000000",
    "1h, 3600000000000",
    "0ms, 0",
    "10 ms, 10000000"
  })
  void durationsHaveUnits(String text, long ns) {
    assertThat(Quantities.durationNs(text)).isEqualTo(ns);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "", "ms", "-1ms", "1 day", "1MS", "1e3ms", "0x5s"})
  void aDurationWithoutUnitOrNumberIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Quantities.durationNs(text))
        .withMessageContaining("\"" + text + "\" is no duration");
  }

  @Test
  void aDurationMustBeWholeNsAndFit64Bits() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Quantities.durationNs("0.5ns"))
        .withMessage("\"0.5ns\" is no whole number of ns");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Quantities.durationNs("9999999999h"))
        .withMessage("\"9999999999h\" is too large");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "4097, 4097",
    "512B, 512",
    "64K, 65536",
    "64KiB, 65536",
    "64kib, 65536",
    "64KB, 64000",
    "1MiB, 1048576",
    "1M, 1048576",
    "1MB, 1000000",
    "2G, 2147483648",
    "2GB, 2000000000",
    "1TiB, 1099511627776",
    "1.5KiB, 1536"
  })
  void sizesMayHaveUnits(String text, long bytes) {
    assertThat(Quantities.bytes(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "K", "-1", "1Q", "1us"})
  void otherSizesAreRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Quantities.bytes(text))
        .withMessageContaining("\"" + text + "\" is no size");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0ns",
    "1, 1ns",
    "1000, 1us",
    "1500000, 1500us",
    "1000000, 1ms",
    "60000000000, 60s",
    "1000000001, 1000000001ns"
  })
  void durationsAreWrittenInTheLargestUnitThatIsExact(long ns, String text) {
    assertThat(Quantities.duration(ns)).isEqualTo(text);
  }
}
