package org.vmtrace.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClockUnitTest {
  @Test
  void cyclesThatWereConvertedAreNanoseconds() {
    assertThat(ClockUnit.of("x86-tsc")).isEqualTo(ClockUnit.CYCLES);
    assertThat(ClockUnit.of(ClockUnit.converted("x86-tsc"))).isEqualTo(ClockUnit.NANOSECONDS);
  }
}
