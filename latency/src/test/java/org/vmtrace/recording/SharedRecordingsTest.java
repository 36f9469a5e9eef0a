package org.vmtrace.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.latency.summary.Extreme;
import org.vmtrace.latency.summary.ReasonRow;
import org.vmtrace.latency.summary.Statistics;
import org.vmtrace.latency.summary.Summary;
import org.vmtrace.latency.summary.ThreadRow;
import org.vmtrace.testkit.SharedTraces;

/**
 * The figures of real kernels' recordings, as a plain program computed them from the kernels'
 * texts.
 */
class SharedRecordingsTest {
  @TempDir Path folder;

  static Stream<SharedTraces.Recording> recordings() {
    return SharedTraces.list().stream();
  }

  @Test
  void theSharedRecordingsAreThere() {
    assumeTrue(SharedTraces.present(), SharedTraces.whyAbsent());
    assertThat(SharedTraces.list()).hasSize(62);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("recordings")
  void theSummaryHasTheExpectedFigures(SharedTraces.Recording recording) throws Exception {
    Map<String, Object> expected = recording.expected();
    Path file = recording.unpackTo(folder);
    LocalAnalysis analysis =
        new LocalAnalysis(
            OpenOptions.defaults(),
            AnalysisChoice.DEFAULT,
            BadFiles.FAIL,
            1,
            LocalAnalysis.Progress.NONE);

    Summary summary = analysis.analyse(List.of(file));

    assertThat(events(summary)).containsAllEntriesOf(map(expected, "events"));
    assertThat(pairing(summary)).containsAllEntriesOf(map(expected, "pairing"));
    assertThat(statistics(summary.all())).containsAllEntriesOf(map(expected, "all"));
    assertThat(statistics(summary.busy())).containsAllEntriesOf(map(expected, "busy"));
    assertThat(reasons(summary)).isEqualTo(expectedReasons(expected));
    if (!list(expected, "threads").isEmpty()) {
      assertThat(threads(summary)).containsAllEntriesOf(expectedThreads(expected));
    }
    assertThat(moved(summary)).isEqualTo(list(expected, "moved_threads"));
  }

  private static Map<String, Object> events(Summary summary) {
    Map<String, Object> events = new LinkedHashMap<>();
    events.put("exits", summary.pairing().exits());
    events.put("entries", summary.pairing().entries());
    events.put("other", summary.events().other());
    events.put("lost", summary.events().lost());
    events.put("lost_places", summary.events().lostPlaces());
    return events;
  }

  private static Map<String, Object> pairing(Summary summary) {
    Map<String, Object> pairing = new LinkedHashMap<>();
    pairing.put("unpaired_exits", summary.pairing().unpairedExits());
    pairing.put("unpaired_entries", summary.pairing().unpairedEntries());
    pairing.put("dropped_by_loss", summary.pairing().droppedByLoss());
    pairing.put("open_at_end", summary.pairing().openAtEnd());
    return pairing;
  }

  private static Map<String, Object> statistics(Statistics statistics) {
    Map<String, Object> numbers = new LinkedHashMap<>();
    numbers.put("latencies", statistics.latencies());
    numbers.put("sum_ns", statistics.sum());
    numbers.put("min_ns", statistics.min());
    numbers.put("max_ns", value(statistics.max()));
    numbers.put("max_within_window_ns", value(statistics.maxWithinWindow()));
    numbers.put("max_tumbling_window_ns", value(statistics.maxTumblingWindow()));
    return numbers;
  }

  private static Long value(Extreme extreme) {
    return extreme == null ? null : extreme.value();
  }

  private static Map<Long, List<Object>> reasons(Summary summary) {
    Map<Long, List<Object>> rows = new TreeMap<>();
    for (ReasonRow row : summary.reasons()) {
      rows.put(row.code(), List.of(row.reason(), row.latencies(), row.sum(), row.max()));
    }
    return rows;
  }

  private static Map<Long, List<Object>> expectedReasons(Map<String, Object> expected) {
    Map<Long, List<Object>> rows = new TreeMap<>();
    for (Object element : list(expected, "reasons")) {
      Map<?, ?> row = (Map<?, ?>) element;
      rows.put(
          (Long) row.get("code"),
          List.of(row.get("reason"), row.get("latencies"), row.get("sum_ns"), row.get("max_ns")));
    }
    return rows;
  }

  private static Map<Long, Map<String, Object>> threads(Summary summary) {
    Map<Long, Map<String, Object>> rows = new TreeMap<>();
    for (ThreadRow row : summary.threads()) {
      rows.put((long) row.thread(), statistics(row.all()));
    }
    return rows;
  }

  private static Map<Long, Map<String, Object>> expectedThreads(Map<String, Object> expected) {
    Map<Long, Map<String, Object>> rows = new TreeMap<>();
    for (Object element : list(expected, "threads")) {
      Map<String, Object> row = new LinkedHashMap<>();
      ((Map<?, ?>) element).forEach((key, value) -> row.put((String) key, value));
      rows.put((Long) row.remove("thread"), row);
    }
    return rows;
  }

  private static List<Object> moved(Summary summary) {
    List<Object> threads = new ArrayList<>();
    summary.movedThreads().forEach(thread -> threads.add((long) thread.thread()));
    return threads;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Map<String, Object> expected, String key) {
    return (Map<String, Object>) expected.get(key);
  }

  @SuppressWarnings("unchecked")
  private static List<Object> list(Map<String, Object> expected, String key) {
    return (List<Object>) expected.get(key);
  }
}
