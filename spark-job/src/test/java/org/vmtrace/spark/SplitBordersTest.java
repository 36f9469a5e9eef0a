package org.vmtrace.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmtrace.latency.summary.Summary;
import org.vmtrace.testkit.PlainAnalysis;
import org.vmtrace.testkit.PlainReasons;
import org.vmtrace.testkit.SharedTraces;

/** What lies on both sides of a split's border is as if there were none. */
class SplitBordersTest {
  private static final long MS = 1_000_000;
  private static final int PAGE = 4096;

  @TempDir Path folder;

  private final BuiltTraces trace = new BuiltTraces();

  /** Analyses the trace with one page a split, and compares everything with the plain reference. */
  private Summary onePageASplit() throws Exception {
    Path file = Files.write(folder.resolve("t"), trace.traceDat());
    Path output = folder.resolve("pages");
    Summary summary = Run.job(new JobChoice(file, output).splits(1));
    PlainAnalysis plain =
        PlainAnalysis.of(List.of(trace.plain("t")), PlainAnalysis.Options.window(MS));
    PlainReasons reasons = PlainReasons.of(trace.kvm().exit());
    PlainRows.assertSame(Run.rows(output, "latencies"), PlainRows.latencies(plain, reasons::name));
    PlainRows.assertSame(Run.rows(output, "windows"), PlainRows.windows(plain));
    Path whole = folder.resolve("whole");
    Run.job(new JobChoice(file, whole).splits(1L << 30));
    assertThat(Run.json(output)).isEqualTo(Run.json(whole));
    return summary;
  }

  @Test
  void exitAndEntryOnNeighbouringPagesArePaired() throws Exception {
    trace.page(1000).exit(1000).page(1500).entry(1500);
    Summary summary = onePageASplit();
    assertThat(summary.all().latencies()).isEqualTo(1);
    assertThat(summary.all().sum()).isEqualTo(500);
  }

  @Test
  void exitAndEntrySeveralPagesApartArePaired() throws Exception {
    trace.page(1000).exit(1000);
    for (long page = 2; page < 9; page++) {
      trace.page(1000 * page).exit(5, 1000 * page).entry(5, 1000 * page + 7);
    }
    trace.page(20 * MS).entry(20 * MS);
    Summary summary = onePageASplit();
    assertThat(summary.all().max().value()).isEqualTo(20 * MS - 1000);
  }

  @Test
  void anExitThatIsNeverClosedIsOpenAtTheEnd() throws Exception {
    trace.page(1000).exit(1000).page(2000).other(2000).page(3000).other(3000);
    Summary summary = onePageASplit();
    assertThat(summary.pairing().openAtEnd()).isEqualTo(1);
    assertThat(summary.all().latencies()).isZero();
  }

  @Test
  void aLossOnTheBorderDropsTheOpenExit() throws Exception {
    trace.page(1000).exit(1000).page(2000).lost(9).entry(2000).page(3000).exit(3000).entry(3010);
    Summary summary = onePageASplit();
    assertThat(summary.pairing().droppedByLoss()).isEqualTo(1);
    assertThat(summary.pairing().unpairedEntries()).isEqualTo(1);
    assertThat(summary.events().lost()).isEqualTo(9);
    assertThat(summary.all().sum()).isEqualTo(10);
  }

  @Test
  void aSlidingWindowLiesOverThreeSplits() throws Exception {
    trace.page(10_400_000).exit(10_400_000).entry(10_500_000);
    trace.page(10_700_000).exit(10_700_000).entry(10_900_000);
    trace.page(11_100_000).exit(11_100_000).entry(11_400_000);
    Summary summary = onePageASplit();
    assertThat(summary.all().maxWithinWindow().value()).isEqualTo(600_000);
    assertThat(summary.all().maxTumblingWindow().value()).isEqualTo(300_000);
  }

  @Test
  void aTumblingWindowIsWrittenByTheSplitOfItsFirstLatency() throws Exception {
    trace.page(10_100_000).exit(10_100_000).entry(10_100_010);
    trace.page(10_200_000).exit(10_200_000).entry(10_200_020);
    trace.page(10_300_000).exit(10_300_000).page(10_300_030).entry(10_300_030);
    onePageASplit();
    assertThat(Run.rows(folder.resolve("pages"), "windows"))
        .containsExactly("t|host|77|CPU 0/KVM|10000000|3|60|30|3|60|30");
  }

  @Test
  void timeThatStepsBackOverABorderIsCounted() throws Exception {
    trace.page(5000).exit(5000).page(1000).entry(1000).exit(1100).page(1200).entry(1200);
    Summary summary = onePageASplit();
    assertThat(summary.events().stepsBack()).isEqualTo(1);
    assertThat(summary.all().sum()).isEqualTo(100);
  }

  @Test
  void realRecordingsGiveTheSameForEverySplitSize() throws Exception {
    org.junit.jupiter.api.Assumptions.assumeTrue(SharedTraces.present(), SharedTraces.whyAbsent());
    for (String name :
        List.of("linux-6.1/two-vcpus", "linux-6.12/lossy-rounds", "linux-6.12/migrate-self")) {
      Path file = SharedTraces.find(name).orElseThrow().unpackTo(folder);
      Path whole = folder.resolve("whole");
      Run.job(new JobChoice(file, whole).splits(1L << 40));
      for (long size : List.of(1L, PAGE - 1L, (long) PAGE, PAGE + 1L, 16L * PAGE, MS)) {
        Path output = folder.resolve("cut");
        Run.job(new JobChoice(file, output).splits(size));
        assertThat(Run.json(output)).as("%s, %d", name, size).isEqualTo(Run.json(whole));
        PlainRows.assertSame(Run.rows(output, "latencies"), Run.rows(whole, "latencies"));
        PlainRows.assertSame(Run.rows(output, "windows"), Run.rows(whole, "windows"));
      }
    }
  }
}
