package org.vmtrace.latency.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vmtrace.latency.pair.HandMadePairs;
import org.vmtrace.latency.pair.PairBatch;

class SlidingWindowTest {
  private static final long WINDOW = 1000;

  private record Entry(long time, long latency, boolean idle) {}

  private static SlidingWindow windowOver(List<Entry> entries) {
    SlidingWindow window = new SlidingWindow(WINDOW);
    entries.forEach(entry -> window.add(entry.time, entry.latency, entry.idle));
    return window;
  }

  /**
   * The largest sum by the definition: for each entry, all that entered in the window before it.
   */
  private static Peak peak(List<Entry> entries, boolean busyOnly) {
    Peak best = null;
    for (int i = 0; i < entries.size(); i++) {
      long end = entries.get(i).time;
      if (busyOnly && entries.get(i).idle) {
        continue;
      }
      long sum = 0;
      for (Entry other : entries.subList(0, i + 1)) {
        boolean counts = other.time > end - WINDOW && !(busyOnly && other.idle);
        sum += counts ? other.latency : 0;
      }
      best = best == null || sum > best.value() ? new Peak(sum, end) : best;
    }
    return best;
  }

  private static List<Entry> random(long seed, int count, long longestStep) {
    Random random = new Random(seed);
    List<Entry> entries = new ArrayList<>();
    long time = random.nextInt();
    for (int i = 0; i < count; i++) {
      time += (long) (longestStep * random.nextDouble() * random.nextDouble());
      entries.add(new Entry(time, random.nextInt(400), random.nextInt(4) == 0));
    }
    return entries;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void largestSumsAreThoseOfTheDefinition(long seed) {
    List<Entry> entries = random(seed, 3000, 1 + seed * seed * 20);
    SlidingWindow window = windowOver(entries);
    assertThat(window.best()).isEqualTo(peak(entries, false));
    assertThat(window.busyBest()).isEqualTo(peak(entries, true));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void largestSumsOfPairsInRunsAreThoseOfTheDefinition(long seed) {
    List<Entry> entries = random(seed, 3000, 1 + seed * seed * 20);
    SlidingWindow window = new SlidingWindow(WINDOW);
    PairBatch pairs = pairs(entries);
    Random random = new Random(seed);
    for (int from = 0, to; from < pairs.size(); from = to) {
      to = Math.min(pairs.size(), from + 1 + random.nextInt(200));
      window.add(pairs, from, to);
    }
    assertThat(window.best()).isEqualTo(peak(entries, false));
    assertThat(window.busyBest()).isEqualTo(peak(entries, true));
  }

  private static PairBatch pairs(List<Entry> entries) {
    HandMadePairs pairs = new HandMadePairs(entries.size());
    entries.forEach(entry -> pairs.append(entry.time, entry.latency, entry.idle));
    return pairs.batch();
  }

  @Test
  void latencyThatEnteredOneWindowAgoCountsNoMore() {
    SlidingWindow window = windowOver(List.of(new Entry(0, 7, false), new Entry(WINDOW, 5, false)));
    assertThat(window.best()).isEqualTo(new Peak(7, 0));
  }

  @Test
  void latencyThatEnteredJustWithinTheWindowCounts() {
    SlidingWindow window = windowOver(List.of(new Entry(1, 7, false), new Entry(WINDOW, 5, false)));
    assertThat(window.best()).isEqualTo(new Peak(12, WINDOW));
  }

  @Test
  void idleLatenciesAloneGiveNoBusyMaximum() {
    SlidingWindow window = windowOver(List.of(new Entry(1, 7, true), new Entry(2, 5, true)));
    assertThat(window.best()).isEqualTo(new Peak(12, 2));
    assertThat(window.busyBest()).isNull();
  }

  @Test
  void busyLatencyOfNothingAfterAnIdleOneIsTheBusyMaximum() {
    SlidingWindow window = windowOver(List.of(new Entry(1, 7, true), new Entry(2, 0, false)));
    assertThat(window.busyBest()).isEqualTo(new Peak(0, 2));
  }

  @Test
  void restartKeepsTheMaximaAndForgetsTheLatencies() {
    SlidingWindow window = windowOver(List.of(new Entry(500, 7, false)));
    window.restart();
    window.add(100, 6, false);
    assertThat(window.best()).isEqualTo(new Peak(7, 500));
    window.add(200, 2, false);
    assertThat(window.best()).isEqualTo(new Peak(8, 200));
  }

  @Test
  void smallSumsBehindALargeOneDoNotPileUp() {
    SlidingWindow window = new SlidingWindow(WINDOW);
    window.add(0, Long.MAX_VALUE / 4, false);
    for (long time = 1; time < 200_000; time++) {
      window.add(time, 1, false);
    }
    assertThat(window.room()).isLessThanOrEqualTo(4 * (int) WINDOW);
  }
}
