package org.vmtrace.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
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
}
