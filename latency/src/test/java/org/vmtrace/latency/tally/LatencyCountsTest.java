package org.vmtrace.latency.tally;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
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
    Histogram fromCounts = new Histogram(3);
    counts(values(seed)).toHistogram(fromCounts);
    assertThat(fromCounts).isEqualTo(direct);
  }

  @Test
  void addingIsCountingTogether() {
    List<Long> both = new ArrayList<>(values(4));
    both.addAll(values(5));
    LatencyCounts sum = counts(values(4));
    sum.add(counts(values(5)));
    Histogram added = new Histogram(3);
    sum.toHistogram(added);
    Histogram direct = new Histogram(3);
    both.forEach(direct::recordValue);
    assertThat(added).isEqualTo(direct);
  }

  @Test
  void aCopyByBytesHasTheSameCounts() throws Exception {
    LatencyCounts counts = counts(values(6));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    counts.write(new DataOutputStream(bytes));
    LatencyCounts copy =
        LatencyCounts.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    Histogram original = new Histogram(3);
    counts.toHistogram(original);
    Histogram copied = new Histogram(3);
    copy.toHistogram(copied);
    assertThat(copied).isEqualTo(original);
  }
}
