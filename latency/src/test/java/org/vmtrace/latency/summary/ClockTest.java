package org.vmtrace.latency.summary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vmtrace.event.ClockUnit;

class ClockTest {
  @Test
  void severalClocksAreNamedInOneOrder() {
    assertThat(Clock.of(List.of("mono", "boot", "mono")).name()).isEqualTo("boot, mono");
  }

  @Test
  void aRecordingThatNamesNoClockLeavesTheNamesOfTheOthers() {
    assertThat(Clock.of(List.of("", "mono"))).isEqualTo(new Clock("mono", ClockUnit.NANOSECONDS));
  }

  @Test
  void cyclesBesideNanosecondsHaveNoUnit() {
    assertThat(Clock.of(List.of("", "x86-tsc")).unit()).isEqualTo(ClockUnit.MIXED);
  }
}
