package org.vmtrace.report;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.vmtrace.latency.pair.HandMadeCounts;
import org.vmtrace.latency.summary.HostRow;
import org.vmtrace.latency.summary.Summary.Events;
import org.vmtrace.latency.summary.Summary.KernelStats;
import org.vmtrace.latency.summary.Summary.MovedRow;
import org.vmtrace.latency.summary.Summary.SkippedFile;
import org.vmtrace.testkit.Json;

class SummaryJsonTest {
  /** The keys of the schema (design, section 5) in its order; those of maxima are added by test. */
  private static final List<String> STATISTICS =
      List.of(
          "latencies",
          "sum_ns",
          "min_ns",
          "max_ns",
          "mean_ns",
          "percentiles_ns",
          "max_within_window_ns",
          "max_tumbling_window_ns",
          "max_at_ns",
          "max_thread",
          "max_within_window_at_ns",
          "max_within_window_thread",
          "max_tumbling_window_at_ns",
          "max_tumbling_window_thread");

  private final HandMade made = new HandMade();

  @Test
  void keysOfTheSchemaStandInItsOrder() {
    made.damage = List.of(HandMade.damaged(8192));
    made.kernelStats = List.of(new KernelStats("trace.bin", 0, 1, 2, 3, 4, 5));

    Map<String, Object> json = json(made);

    assertThat(json.keySet())
        .containsSubsequence(
            "schema_version",
            "window_ns",
            "clock",
            "recordings",
            "events",
            "pairing",
            "all",
            "busy",
            "reasons",
            "threads",
            "worst",
            "moved_threads",
            "damage",
            "kernel_stats");
    assertThat(first(json, "recordings").keySet())
        .containsSubsequence(
            "recording", "host", "kernel", "paths", "first_time_ns", "last_time_ns");
    assertThat(object(json, "events").keySet())
        .containsSubsequence(
            "exits", "entries", "other", "lost", "lost_places", "damaged_pages", "steps_back");
    assertThat(object(json, "pairing").keySet())
        .containsSubsequence(
            "excluded", "unpaired_exits", "unpaired_entries", "dropped_by_loss", "open_at_end");
    assertThat(object(json, "all").keySet()).containsSubsequence(STATISTICS);
    assertThat(object(json, "busy").keySet()).containsSubsequence(STATISTICS);
    assertThat(first(json, "reasons").keySet())
        .containsSubsequence("reason", "code", "idle", "latencies", "sum_ns", "max_ns", "p99_ns");
    List<String> thread = new ArrayList<>(List.of("recording", "thread", "comm", "vcpu", "cpus"));
    thread.addAll(STATISTICS);
    STATISTICS.forEach(key -> thread.add("busy_" + key));
    assertThat(first(json, "threads").keySet()).containsSubsequence(thread);
    assertThat(first(json, "worst").keySet())
        .containsSubsequence(
            "recording",
            "thread",
            "comm",
            "cpu",
            "reason",
            "exit_time_ns",
            "entry_time_ns",
            "latency_ns",
            "guest_ip");
    assertThat(first(json, "damage").keySet())
        .containsSubsequence("path", "offset", "cpu", "cause");
    assertThat(first(json, "kernel_stats").keySet())
        .containsSubsequence("cpu", "entries", "overrun", "dropped_events");
  }

  @Test
  void numbersAreWholeNs() {
    Map<String, Object> all = object(json(made), "all");

    assertThat(all)
        .containsEntry("latencies", 3L)
        .containsEntry("sum_ns", 12_001_999L)
        .containsEntry("min_ns", 1_999L)
        .containsEntry("max_ns", 7_000_000L)
        .containsEntry("mean_ns", 4_000_666L)
        .containsEntry("max_within_window_ns", 12_000_000L)
        .containsEntry("max_tumbling_window_ns", 7_000_000L)
        .containsEntry("max_at_ns", 90_012_000_000L)
        .containsEntry("max_thread", 284L)
        .containsEntry("max_tumbling_window_at_ns", 90_000_000_000L);
    assertThat(object(all, "percentiles_ns"))
        .containsExactly(
            Map.entry("50", 5_001_215L),
            Map.entry("90", 7_000_000L),
            Map.entry("99", 7_000_000L),
            Map.entry("99.9", 7_000_000L),
            Map.entry("99.99", 7_000_000L));
  }

  @Test
  void recordingsAndHostsHaveTheirTotals() {
    made.hosts = List.of(new HostRow("host7", 1, HandMade.TOTALS));

    Map<String, Object> totals =
        Map.ofEntries(
            Map.entry("host", "host7"),
            Map.entry("latencies", 3L),
            Map.entry("sum_ns", 12_001_999L),
            Map.entry("max_ns", 7_000_000L),
            Map.entry("max_within_window_ns", 12_000_000L),
            Map.entry("busy_latencies", 2L),
            Map.entry("busy_sum_ns", 5_001_999L),
            Map.entry("busy_max_ns", 5_000_000L),
            Map.entry("busy_max_within_window_ns", 5_000_000L),
            Map.entry("lost", 11L),
            Map.entry("lost_places", 2L),
            Map.entry("damaged_pages", 1L));
    Map<String, Object> json = json(made);
    assertThat(first(json, "recordings")).containsAllEntriesOf(totals);
    assertThat(first(json, "hosts")).containsAllEntriesOf(totals).containsEntry("recordings", 1L);
  }

  @Test
  void aRecordingTellsWhereItComesFrom() {
    assertThat(first(json(made), "recordings"))
        .containsAllEntriesOf(
            Map.of(
                "recording",
                "trace.bin",
                "host",
                "host7",
                "kernel",
                "Linux host7 6.1.0 #1 SMP x86_64",
                "paths",
                List.of("/traces/trace.bin"),
                "first_time_ns",
                89_999_000_000L,
                "last_time_ns",
                90_012_000_500L,
                "clock",
                "mono",
                "damaged",
                false));
  }

  @Test
  void aReasonTellsItsNameCodeAndNumbers() {
    assertThat(first(json(made), "reasons"))
        .isEqualTo(
            Map.of(
                "reason", "HLT",
                "code", 12L,
                "idle", true,
                "latencies", 1L,
                "sum_ns", 7_000_000L,
                "max_ns", 7_000_000L,
                "p99_ns", 7_000_000L,
                "isa", "VMX"));
  }

  @Test
  void aThreadTellsItsNameAndCpus() {
    assertThat(first(json(made), "threads"))
        .containsEntry("recording", "trace.bin")
        .containsEntry("thread", 284L)
        .containsEntry("comm", "CPU 0/KVM")
        .containsEntry("vcpu", 0L)
        .containsEntry("cpus", List.of(0L, 1L, 2L, 5L));
  }

  @Test
  void whatTheKernelCountedIsListedByCpu() {
    made.kernelStats = List.of(new KernelStats("trace.bin", 3, 10, 20, 30, 40, 50));

    assertThat(first(json(made), "kernel_stats"))
        .isEqualTo(
            Map.of(
                "recording", "trace.bin",
                "cpu", 3L,
                "entries", 10L,
                "overrun", 20L,
                "commit_overrun", 30L,
                "dropped_events", 40L,
                "read_events", 50L));
  }

  @Test
  void warningsAreSentences() {
    made.warnings = List.of("a word of warning", "another");

    assertThat(json(made)).containsEntry("warnings", made.warnings);
  }

  @Test
  void filesThatWereSkippedAreListedWithTheReason() {
    made.skipped = List.of(new SkippedFile("/traces/bad.dat", "this is no trace"));

    assertThat(first(json(made), "skipped_files"))
        .containsEntry("path", "/traces/bad.dat")
        .containsEntry("reason", "this is no trace");
  }

  @Test
  void countsAreThoseOfTheSummary() {
    made.events = new Events(7, 274_638, 3, 2, 1);
    made.pairing = HandMadeCounts.pairing(60, 50, 10, 11, 12, 13, 14, 15, 16);

    Map<String, Object> json = json(made);

    assertThat(object(json, "events"))
        .containsAllEntriesOf(
            Map.of(
                "exits", 60L,
                "entries", 50L,
                "other", 7L,
                "lost", 274_638L,
                "lost_places", 3L,
                "damaged_pages", 2L,
                "steps_back", 1L,
                "failed_entries", 15L,
                "immediate_exits", 16L));
    assertThat(object(json, "pairing"))
        .isEqualTo(
            Map.of(
                "excluded", 10L,
                "unpaired_exits", 11L,
                "unpaired_entries", 12L,
                "dropped_by_loss", 13L,
                "open_at_end", 14L));
  }

  @Test
  void withoutEventsCountsAndSumsAreZeroAndAllElseIsNull() {
    Map<String, Object> json = json(HandMade.empty());

    Map<String, Object> all = object(json, "all");
    assertThat(all).containsEntry("latencies", 0L).containsEntry("sum_ns", 0L);
    assertThat(STATISTICS.subList(2, STATISTICS.size()))
        .filteredOn(key -> !key.equals("percentiles_ns"))
        .allSatisfy(key -> assertThat(all).containsEntry(key, null));
    assertThat(object(all, "percentiles_ns").values()).hasSize(5).containsOnlyNulls();
    assertThat(object(json, "events").values()).containsOnly(0L);
    assertThat(first(json, "recordings"))
        .containsEntry("first_time_ns", null)
        .containsEntry("last_time_ns", null);
    assertThat(json).containsEntry("reasons", List.of()).containsEntry("worst", List.of());
  }

  @Test
  void numbersThatAFileDoesNotGiveAreNull() {
    made.kernelStats = List.of(new KernelStats("trace.bin", 4, -1, 0, -1, -1, -1));
    made.threads = 2;

    Map<String, Object> json = json(made);

    assertThat(first(json, "kernel_stats"))
        .containsEntry("entries", null)
        .containsEntry("overrun", 0L)
        .containsEntry("dropped_events", null);
    assertThat(list(json, "threads").get(0)).containsEntry("vcpu", 0L);
    assertThat(list(json, "threads").get(1)).containsEntry("vcpu", null);
    assertThat(list(json, "worst").get(1)).containsEntry("guest_ip", null);
  }

  @Test
  void guestAddressIsTheSignedNumberOfTheParquetColumn() {
    assertThat(first(json(made), "worst")).containsEntry("guest_ip", 0xffffffff81000010L);
  }

  @Test
  void damageIsNamedFromTheClosedList() {
    made.damage = List.of(HandMade.damaged(8192));

    assertThat(first(json(made), "damage"))
        .containsEntry("path", "/traces/trace.bin")
        .containsEntry("offset", 8192L)
        .containsEntry("cpu", 3L)
        .containsEntry("cause", "RECORD_LENGTH_ZERO")
        .containsEntry("offset_in_page", 1024L);
  }

  @Test
  void movedThreadsAreListedAndMarked() {
    made.threads = 2;
    made.moved = List.of(new MovedRow("trace.bin", 285, "CPU 1/KVM", List.of(0, 1)));

    Map<String, Object> json = json(made);

    assertThat(json).containsEntry("moved_threads", List.of(285L));
    assertThat(list(json, "threads").get(0)).containsEntry("moved", false);
    assertThat(list(json, "threads").get(1)).containsEntry("moved", true);
  }

  @Test
  void cyclesAreCalledCycles() {
    made.clock = "x86-tsc";

    assertThat(json(made)).containsEntry("clock", "x86-tsc").containsEntry("unit", "cycles");
    assertThat(json(new HandMade())).containsEntry("unit", "ns");
  }

  @Test
  void namesFromTheTraceKeepTheirValueAndReachNoTerminal() {
    made.comm = "\u001b[31mre\"d\u009b\u202e\\é";

    byte[] bytes = SummaryJson.bytes(made.summary());

    assertThat(bytes).matches(all -> onlyBlanksAndVisibleAscii(all));
    assertThat(first(json(made), "threads")).containsEntry("comm", made.comm);
  }

  private static boolean onlyBlanksAndVisibleAscii(byte[] bytes) {
    return new String(bytes, US_ASCII).chars().allMatch(c -> c == '\n' || (c >= ' ' && c < 0x7f));
  }

  @Test
  void textIsIndentedByTwoBlanksAndEndsWithANewline() {
    String text = new String(SummaryJson.bytes(made.summary()), UTF_8);

    assertThat(text)
        .startsWith("{\n  \"schema_version\": 1,\n  \"window_ns\": 1000000,\n")
        .endsWith("\n}\n")
        .doesNotContain("\r");
    assertThat(Arrays.asList(text.split("\n", -1)))
        .allSatisfy(line -> assertThat(line).doesNotEndWith(" "));
  }

  private static Map<String, Object> json(HandMade made) {
    return Json.parseObject(new String(SummaryJson.bytes(made.summary()), UTF_8));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(Map<String, Object> parent, String key) {
    return (Map<String, Object>) parent.get(key);
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> list(Map<String, Object> parent, String key) {
    return (List<Map<String, Object>>) parent.get(key);
  }

  private static Map<String, Object> first(Map<String, Object> parent, String key) {
    return list(parent, key).get(0);
  }
}
