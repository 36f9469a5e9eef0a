package org.vmtrace.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vmtrace.latency.pair.HandMadeCounts;
import org.vmtrace.latency.summary.Extreme;
import org.vmtrace.latency.summary.HostRow;
import org.vmtrace.latency.summary.Statistics;
import org.vmtrace.latency.summary.Summary.Events;
import org.vmtrace.latency.summary.Summary.KernelStats;
import org.vmtrace.latency.summary.Summary.MovedRow;
import org.vmtrace.latency.summary.Summary.SkippedFile;
import org.vmtrace.latency.summary.Totals;

class SummaryTextTest {
  private final HandMade made = new HandMade();

  @Test
  void beginsWithTheFourLinesOfTheOriginal() {
    assertThat(lines())
        .startsWith(
            "Number of VM events = 11",
            "Average VM Exit-Entry latency = 4000us",
            "Maximum VM Exit-Entry latency = 7000us",
            "Maximum cumulative latency within 1ms = 12000us");
  }

  @Test
  void theOriginalsLinesAreCutOffAndNotRounded() {
    made.all = statistics(2, 3_999, 2_000, 2_999, 3_999);

    assertThat(lines())
        .startsWith(
            "Number of VM events = 11",
            "Average VM Exit-Entry latency = 1us",
            "Maximum VM Exit-Entry latency = 2us",
            "Maximum cumulative latency within 1ms = 3us");
  }

  @Test
  void theOriginalsLinesSayZeroWithoutLatencies() {
    assertThat(text(HandMade.empty()).lines())
        .startsWith(
            "Number of VM events = 0",
            "Average VM Exit-Entry latency = 0us",
            "Maximum VM Exit-Entry latency = 0us",
            "Maximum cumulative latency within 1ms = 0us");
  }

  @Test
  void theWindowsLengthIsNamed() {
    made.window = 500_000;

    assertThat(lines()).contains("Maximum cumulative latency within 500us = 12000us");
  }

  @Test
  void cyclesAreCalledCyclesEverywhere() {
    made.clock = "x86-tsc";

    assertThat(lines())
        .startsWith(
            "Number of VM events = 11",
            "Average VM Exit-Entry latency = 4000666cycles",
            "Maximum VM Exit-Entry latency = 7000000cycles",
            "Maximum cumulative latency within 1000000cycles = 12000000cycles");
    assertThat(text(made)).doesNotContain(" us").doesNotContain("1ms");
    assertThat(line("mean")).contains("4,000,666", "2,501,000");
  }

  @Test
  void busyStandsBesideAll() {
    assertThat(line("number")).matches("\\s+number\\s+3\\s+2");
    assertThat(line("sum ")).matches("\\s+sum\\s+12,001.999\\s+5,001.999");
    assertThat(line("mean")).matches("\\s+mean\\s+4,000.666\\s+2,501.000");
    assertThat(line("shortest")).matches("\\s+shortest\\s+1.999\\s+1.999");
    assertThat(line("50%")).matches("\\s+50%\\s+5,001.215\\s+2.000");
    assertThat(line("99.99%")).matches("\\s+99.99%\\s+7,000.000\\s+5,000.000");
    assertThat(line("largest sum within 1ms")).endsWith("12,000.000  5,000.000");
  }

  @Test
  void maximaAreGivenWithTimeThreadCpuAndReason() {
    assertThat(line("longest, busy"))
        .contains("5,000.000", "90.005000000", "284", "3", "EPT_VIOLATION");
  }

  @Test
  void exitsAndEntriesAreAccountedFor() {
    assertThat(line("Exits"))
        .contains("6 = 3 latencies + 1 excluded + 1 unpaired + 0 dropped by loss + 1 open at end");
    assertThat(line("Entries")).contains("5 = 3 latencies + 1 excluded + 1 unpaired");
  }

  @Test
  void failedAndImmediateEntriesAreShownWhereThereAreAny() {
    assertThat(oneLine(made)).doesNotContain("Failed ", "Immediate ");

    made.pairing = HandMadeCounts.pairing(6, 5, 1, 1, 1, 0, 1, 1_500, 2);

    assertThat(oneLine(made))
        .contains("Failed 1,500 exits by which the CPU refused to enter the guest")
        .contains("Immediate 2 entries to be left at once");
  }

  @Test
  void countedLossesAreNamedWithWhatTheyMean() {
    made.events = new Events(0, 274_638, 3, 0, 0);

    assertThat(oneLine(made)).contains("274,638 events", "at 3 places", "No latency spans a loss");
  }

  @Test
  void lossesOfUnknownNumberAreCalledSo() {
    made.events = new Events(0, 0, 1, 0, 0);

    assertThat(oneLine(made)).contains("an unknown number of events, at 1 place:");
  }

  @Test
  void whatTheKernelDroppedWithoutAMarkIsAdded() {
    made.kernelStats =
        List.of(
            new KernelStats("trace.bin", 0, 0, 0, 3, 4_572, 10),
            new KernelStats("trace.bin", 1, 0, 0, -1, -1, -1));

    assertThat(oneLine(made)).contains("4,575 events by the kernel's own count");
  }

  @Test
  void reasonsShowTheirShareOfTime() {
    assertThat(lineFrom("  HLT"))
        .matches("\\s+HLT\\s+0xc\\s+idle\\s+1\\s+58.32%\\s+7,000.000\\s+7,000.000\\s+7,000.000");
    // 5,001,999 / 2 rounded half up
    assertThat(lineFrom("  EPT_VIOLATION"))
        .matches("\\s+EPT_VIOLATION\\s+0x30\\s+2\\s+41.68%\\s+2,501.000\\s+5,000.000\\s+5,000.000");
  }

  @Test
  void threadsAreListedWithTheirCpus() {
    assertThat(line("CPU 0/KVM")).contains("284", "0-2,5", "100.00%");
  }

  @Test
  void worstLatenciesShowWhereTheGuestWas() {
    assertThat(text(made)).contains("90.005000000", "0xffffffff81000010");
  }

  @Test
  void longListsEndAndSayHowMuchIsMissing() {
    made.threads = 25;
    made.events = new Events(0, 0, 0, 1_030, 0);
    made.damage = Collections.nCopies(30, HandMade.damaged(4096));

    assertThat(lines())
        .contains(
            "  ... and 5 more, ask for them",
            "  ... and 10 more, ask for them",
            "  ... and 1,000 that are counted but not listed");
  }

  @Test
  void damageIsNamedWithItsPlace() {
    made.events = new Events(0, 0, 0, 1, 0);
    made.damage = List.of(HandMade.damaged(8192));

    assertThat(line("8192"))
        .contains("a record has length 0", "byte 1024 of the page", "/traces/trace.bin");
    assertThat(oneLine(made)).contains("Damaged 1 page:");
  }

  @Test
  void movedThreadsAreListedWithTheirCpus() {
    made.moved = List.of(new MovedRow("trace.bin", 77, "mover", List.of(1, 3)));

    assertThat(line("mover")).matches("\\s+77\\s+mover\\s+1,3");
  }

  @Test
  void stepsBackCutAllLatenciesButThoseOfThreadsThatMoved() {
    made.events = new Events(0, 0, 0, 0, 2);
    assertThat(oneLine(made))
        .contains("2 times the clock stepped back: no latency and no window spans such a step. ");

    made.moved = List.of(new MovedRow("trace.bin", 77, "mover", List.of(1, 3)));
    assertThat(oneLine(made))
        .contains("spans such a step, but for those of threads that moved between CPUs. ");
  }

  @Test
  void warningsEndTheText() {
    made.warnings = List.of("the file is cut short");

    assertThat(text(made)).endsWith("\nWarning: the file is cut short\n");
  }

  @Test
  void namesFromTheTraceCannotReachTheTerminal() {
    made.comm = "\u001b[2J\u009b\nx\u202e";
    made.recordings = List.of("a\u001b.dat", "b.dat");
    made.warnings = List.of("odd \u0007 name");

    assertThat(text(made).chars()).allMatch(c -> c == '\n' || (c >= ' ' && c < 0x7f));
    assertThat(text(made)).contains("\\u001b[2J\\u009b\\u000ax\\u202e", "a\\u001b.dat");
  }

  @Test
  void severalHostsAreListedTheWorstFirst() {
    made.hosts = List.of(new HostRow("host7", 2, HandMade.TOTALS), new HostRow("", 1, Totals.NONE));

    assertThat(text(made))
        .contains(
            """

            Worst hosts, us (the longest busy latency first)
              host         recordings  latencies  mean, busy    longest       busy  within 1ms       busy  lost  places
              host7                 2          3   2,501.000  7,000.000  5,000.000  12,000.000  5,000.000    11       2
              (not named)           1          0           -          -          -           -          -     0       0
            """);
  }

  @Test
  void asManyHostsAreListedAsWorstLatencies() {
    made.hosts =
        IntStream.range(0, 12).mapToObj(i -> new HostRow("host" + i, 1, Totals.NONE)).toList();

    assertThat(text(made)).contains("host9").doesNotContain("host10").contains("... and 2 more");
  }

  @Test
  void filesThatWereSkippedAreListed() {
    made.skipped = List.of(new SkippedFile("/traces/bad\u001b.dat", "this is no trace"));

    assertThat(text(made))
        .contains("Files that could not be read and were skipped")
        .contains("this is no trace")
        .doesNotContain("\u001b");
  }

  @Test
  void severalRecordingsAreToldApart() {
    made.recordings = List.of("a.dat", "b.dat");

    assertThat(text(made)).contains("2 recordings");
    assertThat(line("CPU 0/KVM")).endsWith("a.dat");
  }

  @Test
  void aLargeTraceFitsOn120Columns() {
    made.pairing =
        HandMadeCounts.pairing(108_044_160, 108_044_160, 0, 999_999, 999_999, 99_999, 9, 0, 0);
    made.events = new Events(999_999_999, 987_654_321, 12_345, 9, 9);
    made.all =
        statistics(108_044_160, 99_999_999_999_999L, 1_000, 99_999_999_999L, 999_999_999_999L);
    made.threads = 20;
    made.clock = "mono";
    made.warnings = IntStream.range(0, 3).mapToObj(i -> "word ".repeat(60).strip()).toList();

    assertThat(lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
  }

  private static Statistics statistics(long count, long sum, long min, long max, long within) {
    Extreme longest = HandMade.longest(max, 1_234_567_890_123_456L, 12, "HLT");
    Extreme window = HandMade.sum(within, 1_234_567_890_123_456L);
    return new Statistics(
        count, sum, min, sum / count, longest, Collections.nCopies(5, 99_999_999L), window, window);
  }

  private static String text(HandMade made) {
    return SummaryText.of(made.summary(), "ask for them");
  }

  private static String oneLine(HandMade made) {
    return text(made).replaceAll("\\s+", " ");
  }

  private List<String> lines() {
    return text(made).lines().toList();
  }

  private String lineFrom(String start) {
    return lines().stream().filter(line -> line.startsWith(start)).findFirst().orElseThrow();
  }

  /** The first line with that text. */
  private String line(String part) {
    return lines().stream().filter(line -> line.contains(part)).findFirst().orElseThrow();
  }
}
