package org.vmtrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vmtrace.testkit.PlainCounts.Count;

/** The reference agrees with the answers that lie beside the recordings of real kernels. */
class ExpectedAnswersTest {
  @BeforeAll
  static void needsTheRecordings() {
    assumeTrue(SharedTraces.present(), SharedTraces.whyAbsent());
  }

  static Stream<SharedTraces.Recording> recordings() {
    return SharedTraces.list().stream();
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("recordings")
  void referenceGivesTheExpectedAnswer(SharedTraces.Recording recording) {
    Map<String, Object> expected = recording.expected();
    PlainTraceDat trace = PlainTraceDat.read(recording.traceDat(), Zstd::unpack);
    long windowNs = (Long) expected.get("window_ns");
    PlainAnalysis analysis =
        PlainAnalysis.of(
            trace.recordings(recording.name()), PlainAnalysis.Options.window(windowNs));
    assertThat(analysis.counts().balanced()).isTrue();
    assertThat(counts(analysis, object(expected, "events"))).isEqualTo(object(expected, "events"));
    assertThat(counts(analysis, object(expected, "pairing")))
        .isEqualTo(object(expected, "pairing"));
    assertThat(numbers(analysis.all())).containsAllEntriesOf(object(expected, "all"));
    assertThat(numbers(analysis.busy())).containsAllEntriesOf(object(expected, "busy"));
    assertThat(reasons(analysis, trace)).isEqualTo(keyed(expected, "reasons", "code"));
    Map<Long, Map<String, Object>> threads = keyed(expected, "threads", "thread");
    Map<Long, Map<String, Object>> actual = threads(analysis);
    threads.forEach((pid, row) -> assertThat(actual.get(pid)).containsAllEntriesOf(row));
    if (!threads.isEmpty()) {
      assertThat(actual.keySet()).isEqualTo(threads.keySet());
    }
    assertThat(analysis.movedThreads().stream().map(thread -> (long) thread.pid()).toList())
        .isEqualTo(expected.get("moved_threads"));
  }

  private static Map<String, Object> counts(PlainAnalysis analysis, Map<String, Object> like) {
    return like.keySet().stream()
        .collect(
            Collectors.toMap(
                key -> key,
                key -> analysis.counts().get(Count.valueOf(key.toUpperCase(Locale.ROOT)))));
  }

  private static Map<String, Object> numbers(PlainStatistics numbers) {
    Map<String, Object> map = new TreeMap<>();
    map.put("latencies", numbers.latencies());
    map.put("sum_ns", numbers.sumNs());
    boolean none = numbers.latencies() == 0;
    map.put("min_ns", numbers.minNs());
    map.put("max_ns", none ? null : numbers.max().latencyNs());
    map.put("max_within_window_ns", none ? null : numbers.maxWithinWindow().valueNs());
    map.put("max_tumbling_window_ns", none ? null : numbers.maxTumblingWindow().valueNs());
    return map;
  }

  private static Map<Long, Map<String, Object>> reasons(
      PlainAnalysis analysis, PlainTraceDat trace) {
    Map<Long, Map<String, Object>> rows = new TreeMap<>();
    for (PlainAnalysis.Reason reason : analysis.reasons()) {
      Map<String, Object> row = new TreeMap<>();
      row.put("code", reason.code());
      row.put("reason", PlainReasons.of(trace.event("kvm_exit")).name(reason.isa(), reason.code()));
      row.put("latencies", reason.latencies());
      row.put("sum_ns", reason.sumNs());
      row.put("max_ns", reason.maxNs());
      rows.put(reason.code(), row);
    }
    return rows;
  }

  /** The answers list the threads that have latencies. */
  private static Map<Long, Map<String, Object>> threads(PlainAnalysis analysis) {
    Map<Long, Map<String, Object>> rows = new TreeMap<>();
    for (PlainAnalysis.ThreadRow thread : analysis.threads()) {
      if (thread.all().latencies() > 0) {
        Map<String, Object> row = numbers(thread.all());
        row.put("thread", (long) thread.thread().pid());
        rows.put((long) thread.thread().pid(), row);
      }
    }
    return rows;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(Map<String, Object> parent, String key) {
    return (Map<String, Object>) parent.get(key);
  }

  @SuppressWarnings("unchecked")
  private static Map<Long, Map<String, Object>> keyed(
      Map<String, Object> parent, String list, String key) {
    Map<Long, Map<String, Object>> rows = new TreeMap<>();
    for (Map<String, Object> row : (List<Map<String, Object>>) parent.get(list)) {
      rows.put((Long) row.get(key), row);
    }
    return rows;
  }
}
