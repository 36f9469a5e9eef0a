package org.vmtrace.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmtrace.latency.summary.Summary;

/** Sums that no 64-bit number holds: latencies of 2^61 ns, 73 years each. */
class LargeSumsTest {
  private static final long LONG = 1L << 61;
  private static final int THREADS = 5;

  @TempDir Path folder;

  private Summary threads(int count) throws Exception {
    Story story = new Story();
    for (int thread = 101; thread < 101 + count; thread++) {
      story.on(thread).exit(thread, 1000).page().entry(thread, 1000 + LONG);
    }
    return story.summary(folder);
  }

  @Test
  void sumsEndAtTheLargestNumberAndTheSummarySaysSo() throws Exception {
    Summary summary = threads(THREADS);
    assertThat(summary.all().sum()).isEqualTo(Long.MAX_VALUE);
    assertThat(summary.busy().sum()).isEqualTo(Long.MAX_VALUE);
    assertThat(summary.reasons().get(0).sum()).isEqualTo(Long.MAX_VALUE);
    assertThat(summary.recordings().get(0).totals().sum()).isEqualTo(Long.MAX_VALUE);
    assertThat(summary.threads()).hasSize(THREADS).allMatch(row -> row.all().sum() == LONG);
    assertThat(summary.all().max().value()).isEqualTo(LONG);
    assertThat(summary.warnings()).anyMatch(line -> line.contains("too large"));
  }

  @Test
  void sumsThatFitAreExact() throws Exception {
    Summary summary = threads(3);
    assertThat(summary.all().sum()).isEqualTo(3 * LONG);
    assertThat(summary.warnings()).isEmpty();
  }
}
