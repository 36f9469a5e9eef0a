package org.vmtrace.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmtrace.file.Extent;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.file.PageStream;
import org.vmtrace.file.TraceFile;
import org.vmtrace.file.container.TraceFiles;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.latency.split.SplitAnalysis;

/** What is kept of splits that have been joined. */
class JoinedEdgesTest {
  private static final int THREAD = 101;
  private static final long WINDOW = 1000;
  private static final int PAGE = 4096;

  @TempDir Path folder;

  /** Bytes of the joined splits of a story, one page each. */
  private int bytes(Story story) throws IOException {
    Path path = Files.write(folder.resolve("story.dat"), story.bytes());
    try (TraceFile file = TraceFiles.open(path, OpenOptions.defaults())) {
      PageStream stream = file.streams().get(0);
      List<Extent> pages = new ArrayList<>();
      for (long at = stream.offset(); at < stream.offset() + stream.bytes(); at += PAGE) {
        pages.add(new Extent(at, at + PAGE, Extent.UNKNOWN));
      }
      CutStream cut = new CutStream(file, stream, pages);
      AnalysisRules rules = cut.rules(WINDOW);
      SplitAnalysis joined = SplitAnalysis.none(rules, stream.cpu());
      for (SplitAnalysis split : cut.scan(rules)) {
        joined = joined.then(split);
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      joined.write(new DataOutputStream(bytes));
      return bytes.size();
    }
  }

  /** A thread with a latency every 100 ns, ten in a window, on this many pages of twenty. */
  private static Story pages(int count) {
    Story story = new Story();
    long time = 1_000_000;
    for (int page = 0; page < count; page++) {
      for (int pair = 0; pair < 20; pair++, time += 100) {
        story.exit(THREAD, time).entry(THREAD, time + 50);
      }
      story.page();
    }
    return story;
  }

  @Test
  void doNotGrowWithTheNumberOfSplits() throws IOException {
    // The counts take a few bytes more as they grow; a latency that is kept takes two or more.
    assertThat(bytes(pages(200))).isLessThan(bytes(pages(4)) + 20);
  }
}
