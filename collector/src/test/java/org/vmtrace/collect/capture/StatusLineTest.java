package org.vmtrace.collect.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.vmtrace.collect.Await;
import org.vmtrace.collect.capture.StatusLine.Progress;
import org.vmtrace.latency.tally.Glance;

class StatusLineTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long OPEN = Long.MAX_VALUE;

  private static LiveNumbers numbers(long events, long lost, Glance glance) {
    return new LiveNumbers(events, lost, glance);
  }

  @Test
  void tellsRateSizeLatenciesAndLosses() {
    Progress before = new Progress(10 * SECOND, 90_000_000, numbers(2_000_000, 0, Glance.NOTHING));
    Glance glance = new Glance(1_500, 1_500 * 2_345L, 812_000, 45_500);
    Progress now = new Progress(11 * SECOND, 100_500_000, numbers(2_250_000, 7, glance));
    assertThat(StatusLine.text(now, before, 90 * SECOND, true))
        .isEqualTo(
            "11 s, 79 s left, 100.5 MB, 250,000 events/s, 1,500 latencies: mean 2.3 us, worst 812.0"
                + " us (busy 45.5 us), lost 7");
  }

  @Test
  void withoutAnEndOrLatenciesItTellsWhatThereIs() {
    Progress now = new Progress(3 * SECOND, 2_000_000, numbers(40, 0, Glance.NOTHING));
    assertThat(StatusLine.text(now, new Progress(2 * SECOND, 0, LiveNumbers.NONE), OPEN, true))
        .isEqualTo("3 s, 2.0 MB, 40 events/s, lost 0");
  }

  @Test
  void withoutAnAnalysisItTellsTheRateOfBytes() {
    Progress before = new Progress(SECOND, 1_000_000, null);
    Progress now = new Progress(3 * SECOND, 4_000_000, null);
    assertThat(StatusLine.text(now, before, OPEN, true)).isEqualTo("3 s, 4.0 MB, 1.5 MB/s");
  }

  @Test
  void clocksThatCountCyclesSaySo() {
    Glance glance = new Glance(2, 2_000, 1_500, 0);
    Progress now = new Progress(SECOND, 0, numbers(4, 0, glance));
    assertThat(StatusLine.text(now, new Progress(0, 0, LiveNumbers.NONE), OPEN, false))
        .contains("mean 1,000 cycles, worst 1,500 cycles (busy 0 cycles)");
  }

  @Test
  void isWrittenOnceASecondAndClearedAtTheEnd() throws Exception {
    AtomicLong now = new AtomicLong();
    ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    try (StatusLine line =
        new StatusLine(
            new PrintStream(terminal, true, UTF_8),
            () -> new Progress(now.get(), 0, null),
            OPEN,
            true,
            // Each look at the clock is a tenth of a second later.
            () -> now.addAndGet(SECOND / 10),
            () -> {})) {
      assertThat(line).isNotNull();
      Await.until("it is written", () -> terminal.toString(UTF_8).contains(" s, 0.0 MB"));
    }
    assertThat(terminal.toString(UTF_8)).endsWith("\r\u001b[K");
  }
}
