package org.vmtrace.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.latency.summary.Summary;
import org.vmtrace.testkit.PageShape;

class MovedThreadsTest {
  private static final int THREAD = 101;
  private static final int OTHER_THREAD = 102;

  @TempDir Path folder;

  private static List<Long> latencies(Summary summary) {
    return summary.worst().stream().map(row -> row.latency().latency()).toList();
  }

  @Test
  void anExitAndItsEntryMayLieOnTwoCpus() throws Exception {
    Summary summary =
        new Story()
            .on(0)
            .exit(THREAD, 100)
            .entry(THREAD, 900)
            .on(1)
            .entry(THREAD, 130)
            .exit(THREAD, 880)
            .summary(folder);
    assertThat(latencies(summary)).containsExactly(30L, 20L);
    assertThat(summary.worst().get(0).latency().cpu()).isEqualTo(1);
    assertThat(summary.movedThreads().get(0).cpus()).containsExactly(0, 1);
  }

  @Test
  void filesWithOneIdAndOneClockAreOneRecording() throws Exception {
    assertThat(twoFiles("mono", "mono").recordings()).hasSize(1);
    assertThat(twoFiles("mono", "mono").movedThreads()).hasSize(1);
  }

  @Test
  void filesWithOneIdAndTwoClocksAreTwoRecordings() throws Exception {
    assertThat(twoFiles("mono", "boot").recordings()).hasSize(2);
    assertThat(twoFiles("mono", "boot").movedThreads()).isEmpty();
  }

  private Summary twoFiles(String clock, String otherClock) throws Exception {
    Story one = new Story().id(77).clock(clock).on(0).exit(THREAD, 100);
    Story other = new Story().id(77).clock(otherClock).on(1).entry(THREAD, 130);
    return new LocalAnalysis(
            OpenOptions.defaults(),
            AnalysisChoice.DEFAULT,
            BadFiles.FAIL,
            1,
            LocalAnalysis.Progress.NONE)
        .analyse(
            List.of(
                Files.write(folder.resolve("one.dat"), one.bytes()),
                Files.write(folder.resolve("other.dat"), other.bytes())));
  }

  @Test
  void aLossOnEitherStreamDropsThePair() throws Exception {
    Summary summary =
        new Story()
            .on(0)
            .exit(THREAD, 100)
            .on(1)
            .exit(OTHER_THREAD, 105)
            .loss()
            .entry(OTHER_THREAD, 120)
            .entry(THREAD, 130)
            .exit(THREAD, 140)
            .entry(THREAD, 145)
            .summary(folder);
    assertThat(latencies(summary)).containsExactly(5L);
    assertThat(summary.pairing().droppedByLoss()).isEqualTo(2);
  }

  @Test
  void aLossThatEndedBeforeTheExitDropsNothing() throws Exception {
    Summary summary =
        new Story()
            .on(0)
            .exit(THREAD, 200)
            .on(1)
            .exit(OTHER_THREAD, 105)
            .loss()
            .exit(OTHER_THREAD, 120)
            .entry(THREAD, 230)
            .summary(folder);
    assertThat(latencies(summary)).containsExactly(30L);
  }

  @Test
  void pagesThatTheFileDoesNotHaveDropThePair() throws Exception {
    Story story =
        new Story()
            .on(0)
            .exit(THREAD, 100)
            .entry(THREAD, 900)
            .on(1)
            .entry(THREAD, 130)
            .exit(THREAD, 150)
            .page()
            .entry(THREAD, 160)
            .exit(THREAD, 880);
    Summary summary = withoutTheLastPage(story);
    assertThat(latencies(summary)).containsExactly(30L);
    assertThat(summary.pairing().droppedByLoss()).isEqualTo(1);
    assertThat(summary.events().damagedPages()).isZero();
  }

  @Test
  void aStreamOfWhichTheFileHasNothingDropsAllPairs() throws Exception {
    Story story =
        new Story()
            .on(0)
            .exit(THREAD, 100)
            .on(1)
            .entry(THREAD, 900)
            .on(2)
            .entry(THREAD, 130)
            .exit(THREAD, 880);
    Summary summary = withoutTheLastPage(story);
    assertThat(latencies(summary)).isEmpty();
    assertThat(summary.pairing().droppedByLoss()).isEqualTo(1);
  }

  private Summary withoutTheLastPage(Story story) throws Exception {
    byte[] bytes = story.bytes();
    Path path = folder.resolve("cut.dat");
    Files.write(path, Arrays.copyOf(bytes, bytes.length - PageShape.X86_64.pageBytes()));
    return new LocalAnalysis(
            OpenOptions.defaults(),
            AnalysisChoice.DEFAULT,
            BadFiles.FAIL,
            1,
            LocalAnalysis.Progress.NONE)
        .analyse(List.of(path));
  }

  @Test
  void threadsThatStayedArePairedAsBefore() throws Exception {
    Summary summary =
        new Story()
            .on(0)
            .exit(THREAD, 100)
            .exit(OTHER_THREAD, 110)
            .entry(OTHER_THREAD, 117)
            .on(1)
            .entry(THREAD, 130)
            .summary(folder);
    assertThat(latencies(summary)).containsExactly(30L, 7L);
    assertThat(summary.movedThreads()).hasSize(1);
  }

  @Test
  void movingOnTheLocalClockIsWarnedOf() throws Exception {
    Summary summary =
        new Story().clock("local").on(0).exit(THREAD, 100).on(1).entry(THREAD, 130).summary(folder);
    assertThat(summary.warnings()).singleElement().asString().contains("'local'");
  }
}
