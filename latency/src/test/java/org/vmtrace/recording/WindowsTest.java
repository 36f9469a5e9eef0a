package org.vmtrace.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmtrace.latency.summary.Extreme;
import org.vmtrace.latency.summary.Summary;

/** Windows of 1000 ns; every page is a split. */
class WindowsTest {
  private static final int THREAD = 101;
  private static final int OTHER_THREAD = 102;

  @TempDir Path folder;

  private static Story pair(Story story, int thread, long entry, long latency) {
    return story.exit(thread, entry - latency).entry(thread, entry);
  }

  private void assertSliding(Story story, long value, long at) throws Exception {
    Extreme extreme = story.summary(folder).all().maxWithinWindow();
    assertThat(extreme)
        .extracting(Extreme::value, Extreme::at)
        .isEqualTo(tuple(value, at).toList());
  }

  @Test
  void theWindowSlides() throws Exception {
    Story story = new Story();
    pair(story, THREAD, 1900, 10).page();
    pair(story, THREAD, 2100, 20).page();
    assertSliding(story, 30, 2100);
  }

  @Test
  void anEntryOneWindowAgoIsOutside() throws Exception {
    Story story = new Story();
    pair(story, THREAD, 2000, 10).page();
    pair(story, THREAD, 3000, 20).page();
    assertSliding(story, 20, 3000);
  }

  @Test
  void anEntryJustUnderOneWindowAgoIsInside() throws Exception {
    Story story = new Story();
    pair(story, THREAD, 2001, 10).page();
    pair(story, THREAD, 3000, 20).page();
    assertSliding(story, 30, 3000);
  }

  @Test
  void aWindowReachesOverThreeSplits() throws Exception {
    Story story = new Story();
    pair(story, THREAD, 2300, 100).page();
    pair(story, THREAD, 2600, 200).page();
    pair(story, THREAD, 2900, 50).page();
    pair(story, THREAD, 9000, 340).page();
    assertSliding(story, 350, 2900);
  }

  @Test
  void aPairAcrossTheCutCountsInWindowsOnBothSides() throws Exception {
    Story story = new Story();
    pair(story, THREAD, 2300, 100).exit(THREAD, 2400).page();
    story.entry(THREAD, 2700);
    pair(story, THREAD, 2800, 50).page();
    assertSliding(story, 450, 2800);
  }

  @Test
  void aLatencyLongerThanTheWindowCountsWhole() throws Exception {
    assertSliding(pair(new Story(), THREAD, 50_000, 40_000), 40_000, 50_000);
  }

  @Test
  void threadsDoNotAddUp() throws Exception {
    Story story = new Story();
    pair(story, THREAD, 2300, 100);
    pair(story, OTHER_THREAD, 2600, 120);
    assertSliding(story, 120, 2600);
  }

  @Test
  void ofEqualSumsTheEarlierCounts() throws Exception {
    Story story = new Story();
    pair(story, THREAD, 2300, 100).page();
    pair(story, THREAD, 9300, 100);
    assertSliding(story, 100, 2300);
  }

  @Test
  void theWindowStartsAfreshWhereTimeStepsBack() throws Exception {
    Story story = new Story();
    pair(story, THREAD, 2300, 100).page();
    pair(story, THREAD, 2200, 110);
    assertSliding(story, 110, 2200);
  }

  @Test
  void tumblingWindowsAreThoseOfTheClock() throws Exception {
    Story story = new Story();
    pair(story, THREAD, 1900, 10);
    pair(story, THREAD, 2100, 20).page();
    pair(story, THREAD, 2999, 30).page();
    pair(story, THREAD, 3000, 45);
    Summary summary = story.summary(folder);
    assertThat(summary.all().maxTumblingWindow())
        .extracting(Extreme::value, Extreme::at)
        .containsExactly(50L, 2000L);
  }
}
