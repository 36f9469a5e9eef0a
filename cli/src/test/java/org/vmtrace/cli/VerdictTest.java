package org.vmtrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.vmtrace.event.ExitReasons;
import org.vmtrace.latency.pair.PairingCounts;
import org.vmtrace.latency.summary.Clock;
import org.vmtrace.latency.summary.RecordingInfo;
import org.vmtrace.latency.summary.Statistics;
import org.vmtrace.latency.summary.Summary;
import org.vmtrace.latency.summary.Summary.Events;
import org.vmtrace.latency.summary.Summary.KernelStats;
import org.vmtrace.latency.summary.Summary.RecordingRow;
import org.vmtrace.latency.summary.Summary.SkippedFile;
import org.vmtrace.latency.summary.Totals;

class VerdictTest {
  private List<SkippedFile> skipped = List.of();

  private static final Statistics NONE =
      new Statistics(0, 0, null, null, null, List.of(), null, null);

  @Test
  void aWholeTraceIsDone() {
    Verdict verdict = Verdict.of(summary(0, 0, stats(0, 0, 0)), true);

    assertThat(verdict.exitCode()).isZero();
    assertThat(verdict.complaint()).isEmpty();
  }

  @Test
  void damageIsIncomplete() {
    Verdict verdict = Verdict.of(summary(0, 2), false);

    assertThat(verdict.exitCode()).isEqualTo(3);
    assertThat(verdict.complaint().orElseThrow())
        .startsWith("the input is damaged: 2 pages")
        .hasLineCount(1);
  }

  @Test
  void lossesAreIncompleteOnlyIfStrict() {
    assertThat(Verdict.of(summary(1, 0), false).exitCode()).isZero();
    assertThat(Verdict.of(summary(1, 0), true).exitCode()).isEqualTo(3);
    assertThat(Verdict.of(summary(1, 0), true).complaint().orElseThrow())
        .contains("events were lost");
  }

  @Test
  void whatOnlyTheKernelCountedIsLostToo() {
    assertThat(Verdict.of(summary(0, 0, stats(1, 0, 0)), true).exitCode()).isEqualTo(3);
    assertThat(Verdict.of(summary(0, 0, stats(0, 1, 0)), true).exitCode()).isEqualTo(3);
    assertThat(Verdict.of(summary(0, 0, stats(0, 0, 1)), true).exitCode()).isEqualTo(3);
    assertThat(Verdict.of(summary(0, 0, stats(0, 0, 1)), false).exitCode()).isZero();
    assertThat(Verdict.of(summary(0, 0, stats(-1, -1, -1)), true).exitCode()).isZero();
  }

  @Test
  void aFileThatLacksAPartIsIncompleteAndNamed() {
    Verdict verdict = Verdict.of(summary(true, 0, 0), false);

    assertThat(verdict.exitCode()).isEqualTo(3);
    assertThat(verdict.complaint().orElseThrow())
        .startsWith("parts of the input are missing (trace.bin); ")
        .hasLineCount(1);
  }

  private static KernelStats stats(long overrun, long commitOverrun, long dropped) {
    return new KernelStats("trace.bin", 0, 5, overrun, commitOverrun, dropped, 7);
  }

  @Test
  void filesThatWereSkippedMakeItIncomplete() {
    skipped = List.of(new SkippedFile("/traces/a", "no trace"), new SkippedFile("/traces/b", "?"));
    Verdict verdict = Verdict.of(summary(0, 0), false);

    assertThat(verdict.exitCode()).isEqualTo(3);
    assertThat(verdict.complaint())
        .contains("2 files could not be read and were skipped; the summary says why");
  }

  private Summary summary(long lostPlaces, long damagedPages, KernelStats... stats) {
    return summary(false, lostPlaces, damagedPages, stats);
  }

  private Summary summary(
      boolean damaged, long lostPlaces, long damagedPages, KernelStats... stats) {
    RecordingInfo info =
        new RecordingInfo(
            "trace.bin", "", "", "mono", List.of(), Map.of(), ExitReasons.TABLES, true, damaged);
    return new Summary(
        1_000_000,
        10,
        Clock.of(List.of("mono")),
        List.of(new RecordingRow(info, null, null, Totals.NONE)),
        List.of(),
        new Events(0, 0, lostPlaces, damagedPages, 0),
        new PairingCounts(),
        NONE,
        NONE,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(stats),
        skipped,
        List.of());
  }
}
