package org.vmtrace.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.file.PageStream;
import org.vmtrace.file.StreamReader;
import org.vmtrace.file.TraceFile;
import org.vmtrace.file.container.TraceFiles;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.latency.split.SplitAnalyzer;
import org.vmtrace.latency.split.StreamResult;
import org.vmtrace.latency.summary.Summary;
import org.vmtrace.latency.tally.Glance;
import org.vmtrace.ring.EventBatch;
import org.vmtrace.testkit.RandomRecording;
import org.vmtrace.testkit.Seeds;

/** Streams that were analysed while they were recorded, as the collector does. */
class KnownStreamsTest {
  @TempDir static Path folder;

  static LongStream seeds() {
    return Seeds.some(20);
  }

  private static Path write(long seed) throws IOException {
    return Files.write(
        folder.resolve(seed + ".dat"), RandomRecording.of(seed).traceDat().version6());
  }

  private static SplitAnalyzer scan(TraceFile file, PageStream stream) throws IOException {
    AnalysisRules rules = AnalysisChoice.DEFAULT.rulesFor(file.schema().reasons());
    SplitAnalyzer analyzer = new SplitAnalyzer(rules, stream.cpu());
    EventBatch batch = new EventBatch(100);
    StreamReader reader = new StreamReader(file, stream);
    while (reader.next(batch)) {
      analyzer.accept(batch);
    }
    return analyzer;
  }

  private static Summary analyse(Path file, KnownStreams known) throws IOException {
    return new LocalAnalysis(
            OpenOptions.defaults(),
            AnalysisChoice.DEFAULT,
            BadFiles.FAIL,
            1,
            LocalAnalysis.Progress.NONE)
        .analyse(List.of(file), known);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void knownStreamsGiveTheSameSummaryAsAnalysingThem(long seed) throws IOException {
    Path path = write(seed);
    Map<Integer, StreamResult> known = new HashMap<>();
    try (TraceFile file = TraceFiles.open(path, OpenOptions.defaults())) {
      for (PageStream stream : file.streams()) {
        known.put(stream.index(), scan(file, stream).finishStream());
      }
    }
    Summary summary = analyse(path, (name, stream) -> known.remove(stream.index()));
    assertThat(known).as("streams that nobody asked for").isEmpty();
    assertThat(PlainNumbers.of(summary))
        .isEqualTo(PlainNumbers.of(analyse(path, KnownStreams.NONE)));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aGlanceTellsTheNumbersOfTheSummary(long seed) throws IOException {
    Path path = write(seed);
    Glance glance = Glance.NOTHING;
    try (TraceFile file = TraceFiles.open(path, OpenOptions.defaults())) {
      for (PageStream stream : file.streams()) {
        glance = glance.plus(scan(file, stream).soFar().glance(Set.of()));
      }
    }
    Summary summary = analyse(path, KnownStreams.NONE);
    if (summary.movedThreads().isEmpty()) {
      assertThat(glance)
          .isEqualTo(
              new Glance(
                  summary.all().latencies(),
                  summary.all().sum(),
                  summary.all().max() == null ? 0 : summary.all().max().value(),
                  summary.busy().max() == null ? 0 : summary.busy().max().value()));
    }
  }
}
