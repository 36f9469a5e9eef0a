package org.vmtrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class PlainStatisticsTest {
  @Test
  void elevenBinaryDigitsAreKept() {
    assertThat(PlainStatistics.highestEquivalent(0)).isEqualTo(0);
    assertThat(PlainStatistics.highestEquivalent(2047)).isEqualTo(2047);
    assertThat(PlainStatistics.highestEquivalent(2048)).isEqualTo(2049);
    assertThat(PlainStatistics.highestEquivalent(1_000_000)).isEqualTo(1_000_447);
    assertThat(PlainStatistics.highestEquivalent(100_000_000)).isEqualTo(100_007_935);
  }

  @Test
  void percentilesAreThoseOfHdrHistogramButNeverAboveTheMaximum() {
    Map<Double, Integer> percentiles =
        Map.of(50.0, 500_000, 90.0, 900_000, 99.0, 990_000, 99.9, 999_000, 99.99, 999_900);
    for (long seed = 0; seed < 300; seed++) {
      long runSeed = seed;
      Random random = new Random(seed);
      Histogram histogram = new Histogram(1, 1L << 50, 3);
      List<Long> values = new ArrayList<>();
      // Round counts too, where a percentile falls exactly onto a value.
      int count = random.nextBoolean() ? 10_000 : 1 + random.nextInt(3000);
      for (int index = 0; index < count; index++) {
        long value = random.nextLong() >>> (15 + random.nextInt(48));
        histogram.recordValue(value);
        values.add(value);
      }
      Collections.sort(values);
      long maximum = values.get(count - 1);
      percentiles.forEach(
          (percent, millionths) ->
              assertThat(PlainStatistics.percentile(values, millionths))
                  .as("%s of %d values, seed %d", percent, count, runSeed)
                  .isEqualTo(Math.min(maximum, histogram.getValueAtPercentile(percent))));
    }
  }

  @Test
  void nothingHasNoExtrema() {
    PlainStatistics nothing = PlainStatistics.of(List.of(), List.of(), List.of());
    assertThat(nothing)
        .isEqualTo(new PlainStatistics(0, 0, null, null, null, Map.of(), null, null));
  }
}
