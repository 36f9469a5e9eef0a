package org.vmtrace.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.file.StreamReader;
import org.vmtrace.file.TraceFile;
import org.vmtrace.file.container.TraceFiles;
import org.vmtrace.latency.split.SplitAnalyzer;
import org.vmtrace.latency.window.WindowBatch;
import org.vmtrace.ring.EventBatch;

/** Windows of 1000 ns that a scan keeps, looked at before the split ends. */
class KeptWindowsTest {
  private static final int THREAD = 101;
  private static final int OTHER_THREAD = 102;

  @TempDir Path folder;

  private WindowBatch kept(Story story) throws IOException {
    Path path = Files.write(folder.resolve("story.dat"), story.bytes());
    try (TraceFile file = TraceFiles.open(path, OpenOptions.defaults())) {
      AnalysisChoice choice = new AnalysisChoice(1000, 5, Set.of());
      SplitAnalyzer analyzer =
          new SplitAnalyzer(choice.rulesFor(file.schema().reasons()), file.streams().get(0).cpu());
      WindowBatch windows = analyzer.keepWindows();
      EventBatch batch = new EventBatch(2);
      StreamReader reader = new StreamReader(file, file.streams().get(0));
      while (reader.next(batch)) {
        analyzer.accept(batch);
      }
      return windows;
    }
  }

  @Test
  void threadThatRestsHoldsUpNoWindow() throws IOException {
    Story story = new Story();
    story.exit(THREAD, 1100).entry(THREAD, 1150);
    for (long time = 2100; time < 5000; time += 1000) {
      story.exit(OTHER_THREAD, time).entry(OTHER_THREAD, time + 20);
    }

    WindowBatch windows = kept(story);

    assertThat(windows.size()).isEqualTo(3);
    assertThat(windows.thread(0)).isEqualTo(THREAD);
    assertThat(windows.window(0).sum()).isEqualTo(50);
    assertThat(windows.window(2).start()).isEqualTo(3000);
  }

  @Test
  void windowThatTheClockIsInHasNotEnded() throws IOException {
    Story story = new Story();
    story.exit(THREAD, 1100).entry(THREAD, 1150);
    story.exit(OTHER_THREAD, 1900).entry(OTHER_THREAD, 1999);

    assertThat(kept(story).size()).isZero();
  }
}
