package org.vmtrace.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmtrace.latency.Summary;

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
