package org.vmtrace.latency.tally;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyCountsTest {
  private static List<Long> values(long seed) {
    Random random = new Random(seed);
    List<Long> values = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      values.add(random.nextLong() >>> (1 + random.nextInt(63)));
    }
    values.add(0L);
    values.add(2047L);
    values.add(2048L);
    values.add(Long.MAX_VALUE);
    return values;
  }

  private static LatencyCounts counts(List<Long> values) {
    LatencyCounts counts = new LatencyCounts();
    values.forEach(counts::add);
    return counts;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void countsAreThoseOfHdrHistogram(long seed) {
    Histogram direct = new Histogram(3);
    values(seed).forEach(direct::recordValue);
    assertThat(histogram(counts(values(seed)))).isEqualTo(direct);
  }

  @Test
  void addingIsCountingTogether() {
    List<Long> both = new ArrayList<>(values(4));
    both.addAll(values(5));
    LatencyCounts sum = counts(values(4));
    sum.add(counts(values(5)));
    Histogram direct = new Histogram(3);
    both.forEach(direct::recordValue);
    assertThat(histogram(sum)).isEqualTo(direct);
  }

  @Test
  void aCopyByBytesHasTheSameCounts() throws Exception {
    LatencyCounts counts = counts(values(6));
    assertThat(histogram(copy(counts))).isEqualTo(histogram(counts));
  }

  @Test
  void aCountGoesOnBeyond32Bits() throws Exception {
    LatencyCounts counts = counts(List.of(7L));
    for (int doubled = 0; doubled < 32; doubled++) {
      counts.add(copy(counts));
    }
    assertThat(histogram(counts).getCountAtValue(7)).isEqualTo(1L << 32);
    assertThat(histogram(copy(counts)).getCountAtValue(7)).isEqualTo(1L << 32);
    counts.add(copy(counts));
    counts.add(7);
    assertThat(histogram(copy(counts)).getCountAtValue(7)).isEqualTo((1L << 33) + 1);
  }

  @Test
  void oneMoreThanTheMostOf32BitsIsCounted() throws Exception {
    LatencyCounts most = counts(List.of(5000L));
    for (int bit = 1; bit < 32; bit++) {
      most.add(copy(most));
      most.add(5000);
    }
    assertThat(histogram(most).getCountAtValue(5000)).isEqualTo((1L << 32) - 1);
    most.add(5000);
    assertThat(histogram(most).getCountAtValue(5000)).isEqualTo(1L << 32);
  }

  private static Histogram histogram(LatencyCounts counts) {
    Histogram histogram = new Histogram(3);
    counts.toHistogram(histogram);
    return histogram;
  }

  private static LatencyCounts copy(LatencyCounts counts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    counts.write(new DataOutputStream(bytes));
    return LatencyCounts.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }
}
