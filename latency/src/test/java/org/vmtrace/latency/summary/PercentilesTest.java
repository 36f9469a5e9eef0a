package org.vmtrace.latency.summary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.vmtrace.latency.tally.LatencyCounts;

class PercentilesTest {
  private final Percentiles percentiles = new Percentiles();

  private static LatencyCounts counts(LongStream values) {
    LatencyCounts counts = new LatencyCounts();
    values.forEach(counts::add);
    return counts;
  }

  @Test
  void ofTheNumbersToAThousandThePercentilesAreTheirShares() {
    // Up to 2047 every number is a bucket of its own.
    assertThat(percentiles.of(counts(LongStream.rangeClosed(1, 1000)), 1000))
        .containsExactly(500L, 900L, 990L, 999L, 1000L);
  }

  @Test
  void aPercentileIsTheHighestNumberOfItsBucket() {
    // From 4096 on buckets are 4 wide: 5000 to 5003.
    assertThat(percentiles.of(counts(LongStream.of(5001, 9000)), 9000).get(0)).isEqualTo(5003);
  }

  @Test
  void noPercentileIsAboveTheLongestLatency() {
    assertThat(percentiles.of(counts(LongStream.of(1_000_001)), 1_000_001))
        .containsOnly(1_000_001L);
  }

  @Test
  void ofNothingThereAreNone() {
    assertThat(percentiles.of(new LatencyCounts(), 0)).isEmpty();
  }

  @Test
  void whatWasAskedBeforeDoesNotCount() {
    percentiles.of(counts(LongStream.of(7, 7, 7)), 7);

    assertThat(percentiles.of(counts(LongStream.of(3)), 3)).containsOnly(3L);
    assertThat(percentiles.of(new LatencyCounts(), 0)).isEmpty();
  }

  @Test
  void the99thStandsForItself() {
    assertThat(percentiles.p99(counts(LongStream.rangeClosed(1, 1000)), 1000)).isEqualTo(990);
  }
}
