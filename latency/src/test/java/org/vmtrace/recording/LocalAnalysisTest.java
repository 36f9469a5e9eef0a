package org.vmtrace.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.latency.summary.Summary;

class LocalAnalysisTest {
  private static final int THREADS = 4;

  @TempDir Path folder;

  /** As many threads of the pool as it takes have a split in their hands at the same time. */
  private static final class Meeting implements LocalAnalysis.Progress {
    private final CyclicBarrier together = new CyclicBarrier(THREADS);
    private final AtomicInteger met = new AtomicInteger();

    @Override
    public void advanced(long bytes) {
      try {
        together.await(30, TimeUnit.SECONDS);
        met.incrementAndGet();
      } catch (Exception e) {
        throw new AssertionError("no other split is on the way", e);
      }
    }
  }

  private static Summary analyse(List<Path> files, LocalAnalysis.Progress progress)
      throws IOException {
    return new LocalAnalysis(
            OpenOptions.defaults(), AnalysisChoice.DEFAULT, BadFiles.FAIL, THREADS, progress)
        .analyse(files);
  }

  private Path write(String name, Story story) throws IOException {
    return Files.write(folder.resolve(name), story.bytes());
  }

  @Test
  void shortStreamsOfARecordingAreScannedAtTheSameTime() throws Exception {
    Story story = new Story();
    for (int cpu = 0; cpu < THREADS; cpu++) {
      story.on(cpu).exit(100 + cpu, 1000).entry(100 + cpu, 1030);
    }
    Meeting meeting = new Meeting();
    Summary summary = analyse(List.of(write("t.dat", story)), meeting);
    assertThat(meeting.met).hasValue(THREADS);
    assertThat(summary.all().latencies()).isEqualTo(THREADS);
  }

  @Test
  void shortRecordingsAreScannedAtTheSameTime() throws Exception {
    List<Path> files = new ArrayList<>();
    for (int file = 0; file < THREADS; file++) {
      Story story = new Story().on(0).exit(100, 1000).entry(100, 1030 + file);
      files.add(write("t" + file + ".dat", story));
    }
    Meeting meeting = new Meeting();
    Summary summary = analyse(files, meeting);
    assertThat(meeting.met).hasValue(THREADS);
    assertThat(summary.all().sum()).isEqualTo(30 + 31 + 32 + 33);
  }

  @Test
  void theFolderAboveALinkIsThatOfWhereItLeads() throws IOException {
    Files.createDirectories(folder.resolve("store/today"));
    Files.createDirectory(folder.resolve("here"));
    Files.createSymbolicLink(folder.resolve("here/today"), Path.of("../store/today"));
    write("store/t.dat", new Story().on(0).exit(100, 1000).entry(100, 1030));
    write("here/t.dat", new Story().on(0).exit(100, 1000).entry(100, 1077));

    Summary summary =
        analyse(List.of(folder.resolve("here/today/../t.dat")), LocalAnalysis.Progress.NONE);

    assertThat(summary.all().sum()).isEqualTo(30);
    assertThat(summary.recordings().get(0).info().paths())
        .containsExactly(folder.toRealPath().resolve("store/t.dat").toString());
  }

  /** Analyses files while those vanish whose name begins with "gone", after the first look. */
  private Summary analyseWhileSomeVanish(BadFiles badFiles, List<Path> files) throws IOException {
    KnownStreams deleting =
        (path, stream) -> {
          files.stream()
              .filter(file -> file.getFileName().toString().startsWith("gone"))
              .forEach(file -> file.toFile().delete());
          return null;
        };
    return new LocalAnalysis(
            OpenOptions.defaults(),
            AnalysisChoice.DEFAULT,
            badFiles,
            THREADS,
            LocalAnalysis.Progress.NONE)
        .analyse(files, deleting);
  }

  private List<Path> oneThatStaysAndOneThatGoes() throws IOException {
    return List.of(
        write("a.dat", new Story().on(0).exit(100, 1000).entry(100, 1030)),
        write("gone.dat", new Story().on(0).exit(100, 1000).entry(100, 1077)));
  }

  @Test
  void aFileThatVanishesAfterTheFirstLookIsSkippedAsAnyOther() throws IOException {
    Summary summary = analyseWhileSomeVanish(BadFiles.SKIP, oneThatStaysAndOneThatGoes());

    assertThat(summary.all().sum()).isEqualTo(30);
    assertThat(summary.skippedFiles())
        .containsExactly(
            new Summary.SkippedFile(
                folder.resolve("gone.dat").toString(), "there is no such file"));
  }

  @Test
  void aFileThatVanishesEndsAnAnalysisThatSkipsNone() throws IOException {
    List<Path> files = oneThatStaysAndOneThatGoes();

    assertThatThrownBy(() -> analyseWhileSomeVanish(BadFiles.FAIL, files))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("gone.dat");
  }

  @Test
  void aRecordingThatLacksAFileIsSkippedAsAWhole() throws IOException {
    List<Path> files =
        List.of(
            write("a.dat", new Story().on(0).exit(100, 1000).entry(100, 1030)),
            write("b.cpu1", new Story().on(1).exit(101, 1000).entry(101, 1077).id(7)),
            write("gone.cpu2", new Story().on(2).exit(102, 1000).entry(102, 1078).id(7)));

    Summary summary = analyseWhileSomeVanish(BadFiles.SKIP, files);

    assertThat(summary.all().sum()).isEqualTo(30);
    String gone = folder.resolve("gone.cpu2") + "";
    assertThat(summary.skippedFiles())
        .containsExactly(
            new Summary.SkippedFile(
                folder.resolve("b.cpu1").toString(), gone + ": there is no such file"),
            new Summary.SkippedFile(gone, "there is no such file"));
  }
}
