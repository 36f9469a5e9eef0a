package org.vmtrace.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmtrace.latency.summary.Summary;
import org.vmtrace.recording.AnalysisChoice;
import org.vmtrace.testkit.PlainAnalysis;
import org.vmtrace.testkit.PlainReasons;
import org.vmtrace.testkit.PlainRecording;
import org.vmtrace.testkit.RandomRecording;
import org.vmtrace.testkit.Seeds;

/** The job over folders of random recordings, with losses, damage and threads that move. */
class RandomRecordingsTest {
  private static final long WINDOW = 500;
  private static final AnalysisChoice CHOICE = new AnalysisChoice(WINDOW, 10, Set.of());

  @TempDir Path folder;

  private final List<Path> files = new ArrayList<>();
  private final List<PlainRecording> recordings = new ArrayList<>();
  private PlainReasons reasons;

  private void make(int count) throws IOException {
    Path traces = Files.createDirectory(folder.resolve("traces"));
    for (long seed : Seeds.some(count).toArray()) {
      RandomRecording random = RandomRecording.of(seed);
      recordings.add(random.recording());
      reasons = PlainReasons.of(random.kvm().exit());
      Path file = traces.resolve(random.recording().name());
      files.add(Files.write(file, random.traceDat().version6()));
    }
  }

  private PlainAnalysis plain() {
    List<PlainRecording> sorted = new ArrayList<>(recordings);
    sorted.sort((a, b) -> a.name().compareTo(b.name()));
    return PlainAnalysis.of(sorted, PlainAnalysis.Options.window(WINDOW));
  }

  private JobChoice job(Path output) {
    return new JobChoice(folder.resolve("traces"), output).analysis(CHOICE);
  }

  @Test
  void rowsAndSummaryAreThoseOfThePlainReference() throws Exception {
    make(24);
    Path output = folder.resolve("out");
    Run.job(job(output).splits(1));
    assertThat(Run.json(output)).isEqualTo(Run.locally(CHOICE, files));
    PlainAnalysis plain = plain();
    PlainRows.assertSame(
        PlainRows.byThread(Run.rows(output, "latencies"), 0, 3),
        PlainRows.byThread(PlainRows.latencies(plain, reasons::name), 0, 3));
    PlainRows.assertSame(
        PlainRows.byThread(Run.rows(output, "windows"), 0, 2),
        PlainRows.byThread(PlainRows.windows(plain), 0, 2));
  }

  @Test
  void windowsWithoutLatenciesAreThoseOfThePlainReference() throws Exception {
    make(24);
    Path output = folder.resolve("out");
    Summary summary = Run.job(job(output).splits(1).withoutLatencies());
    assertThat(summary.events().stepsBack())
        .as("some streams take the second look, where time steps back")
        .isPositive();
    assertThat(Run.json(output)).isEqualTo(Run.locally(CHOICE, files));
    assertThat(Run.rows(output, "windows"))
        .containsExactlyInAnyOrderElementsOf(PlainRows.windows(plain()));
  }

  @Test
  void filesCutOnPageBordersGiveWhatTheLocalAnalysisGives() throws Exception {
    Path traces = Files.createDirectory(folder.resolve("traces"));
    int missing = 1;
    for (long seed : Seeds.some(24).toArray()) {
      RandomRecording random = RandomRecording.of(seed);
      int pageBytes = random.shape().pageBytes();
      int pages =
          random.pages().values().stream().mapToInt(bytes -> bytes.length / pageBytes).sum();
      byte[] whole = random.traceDat().version6();
      int bytes = whole.length - Math.min(missing++, pages) * pageBytes;
      Path file = traces.resolve(random.recording().name());
      files.add(Files.write(file, Arrays.copyOf(whole, bytes)));
    }
    Path output = folder.resolve("out");
    Summary summary = Run.job(new JobChoice(traces, output).analysis(CHOICE).splits(1));
    assertThat(summary.movedThreads()).as("threads that the missing pages may have").isNotEmpty();
    assertThat(Run.json(output)).isEqualTo(Run.locally(CHOICE, files));
  }

  @Test
  void manyFilesAreLookedAtByTheExecutorsAndGiveTheSame() throws Exception {
    make(80);
    Path output = folder.resolve("out");
    Run.job(job(output));
    assertThat(Run.json(output)).isEqualTo(Run.locally(CHOICE, files));
    assertThat(Run.rows(output, "latencies")).hasSize(plain().latencies().size());
  }
}
