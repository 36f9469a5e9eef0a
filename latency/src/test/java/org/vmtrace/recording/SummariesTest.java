package org.vmtrace.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmtrace.latency.summary.Summary;
import org.vmtrace.latency.summary.Summary.RecordingRow;

/** What a summary says of recordings and threads as a whole. */
class SummariesTest {
  private static final int THREAD = 101;
  private static final int OTHER_THREAD = 102;

  @TempDir Path folder;

  @Test
  void aRecordingLastsFromItsFirstEventToItsLast() throws Exception {
    Summary summary =
        new Story()
            .on(1)
            .exit(THREAD, 100)
            .entry(THREAD, 130)
            .on(0)
            .exit(OTHER_THREAD, 90)
            .page()
            .entry(OTHER_THREAD, 110)
            .summary(folder);

    assertThat(summary.recordings())
        .extracting(RecordingRow::firstTime, RecordingRow::lastTime)
        .containsExactly(tuple(90L, 130L));
  }

  @Test
  void aRecordingOfOneEventHasATime() throws Exception {
    Summary summary = new Story().exit(THREAD, 100).summary(folder);

    assertThat(summary.recordings().get(0).firstTime()).isEqualTo(100);
    assertThat(summary.recordings().get(0).lastTime()).isEqualTo(100);
  }

  @Test
  void aRecordingWithoutEventsHasNoTimes() throws Exception {
    Summary summary = new Story().summary(folder);

    assertThat(summary.recordings().get(0).firstTime()).isNull();
    assertThat(summary.recordings().get(0).lastTime()).isNull();
  }

  @Test
  void asManyOfTheWorstLatenciesAreListedAsAskedForOfAllThreadsTogether() throws Exception {
    Story story = new Story();
    for (long latency = 10; latency <= 40; latency += 10) {
      long time = 100 * latency;
      story.exit(THREAD, time).entry(THREAD, time + latency);
      story.exit(OTHER_THREAD, time + 500).entry(OTHER_THREAD, time + 500 + latency + 5);
    }

    assertThat(story.summary(folder).worst())
        .extracting(row -> row.latency().latency())
        .containsExactly(45L, 40L, 35L, 30L, 25L);
  }

  @Test
  void threadsAreCalledByTheirNames() throws Exception {
    Summary summary =
        new Story()
            .comm(THREAD, "CPU 0/KVM")
            .exit(0, 100)
            .entry(0, 400)
            .exit(THREAD, 500)
            .entry(THREAD, 700)
            .exit(OTHER_THREAD, 800)
            .entry(OTHER_THREAD, 900)
            .summary(folder);

    assertThat(summary.threads())
        .extracting(row -> row.comm())
        .containsExactly("<idle>", "CPU 0/KVM", "");
  }

  @Test
  void threadsWithoutLatenciesComeLast() throws Exception {
    Summary summary =
        new Story().exit(OTHER_THREAD, 100).exit(THREAD, 500).entry(THREAD, 500).summary(folder);

    assertThat(summary.threads()).extracting(row -> row.thread()).containsExactly(101, 102);
    assertThat(summary.threads().get(0).all().p99()).isZero();
    assertThat(summary.threads().get(1).all().p99()).isNull();
  }
}
