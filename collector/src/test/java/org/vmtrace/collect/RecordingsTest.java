package org.vmtrace.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vmtrace.testkit.Json;
import org.vmtrace.testkit.PlainAnalysis;
import org.vmtrace.testkit.PlainCounts.Count;
import org.vmtrace.testkit.PlainLatency;
import org.vmtrace.testkit.PlainPeak;
import org.vmtrace.testkit.PlainRecording;
import org.vmtrace.testkit.PlainStatistics;
import org.vmtrace.testkit.PlainStream;
import org.vmtrace.testkit.PlainTraceDat;
import org.vmtrace.testkit.RandomRecording;
import org.vmtrace.testkit.Seeds;
import org.vmtrace.testkit.SharedTraces.Recording;

/**
 * The answers to recordings of real kernels, and to random ones, against what plain programs that
 * share nothing with this one make of them.
 */
class RecordingsTest {
  private static final Pattern EVENT =
      Pattern.compile(" *(?:(\\d+)\\.)?(\\d+) \\[(\\d+)] .*-(\\d+) +kvm_entry latency=([\\d.]+).*");

  @TempDir Path folder;

  static Stream<Recording> recordings() throws IOException, URISyntaxException {
    Path resources = Path.of(RecordingsTest.class.getResource("/recordings/README.md").toURI());
    try (Stream<Path> entries = Files.list(resources.resolveSibling("."))) {
      return entries
          .filter(Files::isDirectory)
          .map(entry -> new Recording(entry.getFileName().toString(), entry))
          .sorted((a, b) -> a.name().compareTo(b.name()))
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void jsonHasTheExpectedAnswer(Recording recording) {
    Run run = Run.file(recording.unpackTo(folder), "--json");

    assertThat(run.err()).isEmpty();
    assertMatches("", recording.expected(), Json.parseObject(run.out()));
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void everythingAgreesWithThePlainAnalysis(Recording recording) {
    compare(
        recording.unpackTo(folder),
        PlainTraceDat.read(recording.traceDat(), (codec, packed, size) -> packed)
            .recordings(recording.name()));
  }

  static LongStream seeds() {
    return Seeds.some(20);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void randomRecordingsAgreeWithThePlainAnalysis(long seed) throws IOException {
    RandomRecording random = RandomRecording.of(seed);
    Path file = Files.write(folder.resolve("random.dat"), random.traceDat().version6());

    compare(file, List.of(random.recording()));
  }

  /** Checks JSON and listing against the reference. */
  private static void compare(Path file, List<PlainRecording> recordings) {
    PlainAnalysis plain = PlainAnalysis.of(recordings, PlainAnalysis.Options.window(1_000_000));

    Map<String, Object> json = Json.parseObject(Run.file(file, "--json").out());
    List<String> events = Run.file(file, "-v").events();

    assertCounts(object(json, "events"), plain);
    assertCounts(object(json, "pairing"), plain);
    assertStatistics(object(json, "all"), plain.all());
    assertStatistics(object(json, "busy"), plain.busy());
    assertThat(list(json, "worst"))
        .extracting(row -> row.get("latency_ns"))
        .isEqualTo(plain.worst().stream().map(PlainLatency::latencyNs).toList());
    assertThat(list(json, "worst"))
        .extracting(row -> row.get("entry_time_ns"))
        .isEqualTo(plain.worst().stream().map(PlainLatency::entryTimeNs).toList());
    assertThat(list(json, "reasons"))
        .extracting(row -> row.get("code") + " " + row.get("sum_ns") + " " + row.get("p99_ns"))
        .isEqualTo(
            plain.reasons().stream()
                .map(row -> row.code() + " " + row.sumNs() + " " + row.p99Ns())
                .toList());
    assertListing(events, recordings, plain);
    assertChecked(Json.parseObject(Run.of("--check", file.toString(), "--json").out()), plain);
  }

  /** The check counts what the analysis does. */
  private static void assertChecked(Map<String, Object> json, PlainAnalysis plain) {
    for (Count count :
        List.of(
            Count.EXITS,
            Count.ENTRIES,
            Count.OTHER,
            Count.LOST,
            Count.LOST_PLACES,
            Count.DAMAGED_PAGES,
            Count.STEPS_BACK)) {
      String name = count.name().toLowerCase(Locale.ROOT);
      long sum = 0;
      for (Map<String, Object> checked : list(json, "files")) {
        for (Map<String, Object> stream : list(checked, "streams")) {
          sum += (Long) stream.get(name);
        }
      }
      assertThat(sum).as("--check: " + name).isEqualTo(plain.counts().get(count));
    }
  }

  private static void assertCounts(Map<String, Object> counts, PlainAnalysis plain) {
    counts.forEach(
        (key, value) ->
            assertThat(value)
                .as(key)
                .isEqualTo(plain.counts().get(Count.valueOf(key.toUpperCase(Locale.ROOT)))));
  }

  private static void assertStatistics(Map<String, Object> json, PlainStatistics plain) {
    assertThat(json)
        .containsEntry("latencies", plain.latencies())
        .containsEntry("sum_ns", plain.sumNs())
        .containsEntry("min_ns", plain.minNs())
        .containsEntry("mean_ns", plain.meanNs())
        .containsEntry("max_ns", plain.max() == null ? null : plain.max().latencyNs())
        .containsEntry("max_at_ns", plain.max() == null ? null : plain.max().entryTimeNs())
        .containsEntry("max_thread", plain.max() == null ? null : (long) plain.max().pid());
    if (plain.latencies() > 0) {
      assertThat(object(json, "percentiles_ns")).isEqualTo(plain.percentilesNs());
    }
    assertPeak(json, "max_within_window", plain.maxWithinWindow());
    assertPeak(json, "max_tumbling_window", plain.maxTumblingWindow());
  }

  private static void assertPeak(Map<String, Object> json, String name, PlainPeak peak) {
    assertThat(json)
        .containsEntry(name + "_ns", peak == null ? null : peak.valueNs())
        .containsEntry(name + "_at_ns", peak == null ? null : peak.atNs())
        .containsEntry(name + "_thread", peak == null ? null : (long) peak.thread().pid());
  }

  /** The listing has a line for every event and shows every latency. */
  private static void assertListing(
      List<String> lines, List<PlainRecording> recordings, PlainAnalysis plain) {
    long events = 0;
    for (PlainRecording recording : recordings) {
      for (PlainStream stream : recording.streams()) {
        events += stream.events().size();
      }
    }
    assertThat(lines.stream().filter(line -> !line.startsWith("CPU ") && !line.startsWith("# ")))
        .hasSize((int) events);
    if (plain.counts().get(Count.STEPS_BACK) > 0 && !plain.movedThreads().isEmpty()) {
      return; // the listing keeps the order of the streams, the analysis sorts by time
    }
    List<String> shown = new ArrayList<>();
    for (String line : lines) {
      Matcher entry = EVENT.matcher(line);
      if (entry.matches()) {
        String time = (entry.group(1) == null ? "" : entry.group(1)) + entry.group(2);
        String latency = entry.group(5).replace(".", "");
        shown.add(Long.parseLong(time) + " " + entry.group(4) + " " + Long.parseLong(latency));
      }
    }
    List<String> expected = new ArrayList<>();
    for (PlainLatency latency : plain.latencies()) {
      expected.add(latency.entryTimeNs() + " " + latency.pid() + " " + latency.latencyNs());
    }
    assertThat(shown).containsExactlyInAnyOrderElementsOf(expected);
  }

  /** Whether all that is expected is there; rows of tables are found by their key. */
  private static void assertMatches(String place, Object expected, Object actual) {
    if (expected instanceof Map<?, ?> fields) {
      fields.forEach(
          (key, value) -> assertMatches(place + "/" + key, value, ((Map<?, ?>) actual).get(key)));
    } else if (place.equals("/reasons") || place.equals("/threads")) {
      String key = place.equals("/reasons") ? "code" : "thread";
      Map<Object, Object> rows = new TreeMap<>();
      ((List<?>) actual).forEach(row -> rows.put(((Map<?, ?>) row).get(key), row));
      for (Object row : (List<?>) expected) {
        Object id = ((Map<?, ?>) row).get(key);
        assertThat(rows).as(place).containsKey(id);
        assertMatches(place + "/" + id, row, rows.get(id));
      }
    } else {
      assertThat(actual).as(place).isEqualTo(expected);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(Map<String, Object> parent, String key) {
    return (Map<String, Object>) parent.get(key);
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> list(Map<String, Object> parent, String key) {
    return (List<Map<String, Object>>) parent.get(key);
  }
}
