package org.vmtrace.collect.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.vmtrace.collect.splice.Descriptor;
import org.vmtrace.collect.splice.Errno;
import org.vmtrace.collect.splice.FakeKernel;
import org.vmtrace.collect.splice.KernelException;
import org.vmtrace.collect.splice.PageMover;
import org.vmtrace.collect.splice.Pipe;
import org.vmtrace.collect.splice.Poller;

/** On a kernel and a clock of the test's own. */
class RecorderTest {
  private static final int PAGE = 4096;
  private static final long MS = 1_000_000L;
  private static final long SECOND = 1000 * MS;
  private static final long FOR_EVER = Long.MAX_VALUE;

  private final FakeKernel kernel = new FakeKernel(1, PAGE, 16).withDisturbances(0);
  private final ByteArrayOutputStream produced = new ByteArrayOutputStream();
  private final StopRequest stop = new StopRequest();
  private long now = 77 * SECOND;
  private int sleeps;
  private int looks;
  private boolean started;
  private boolean stopped;
  private StopReason atLook;

  private final Recorder.Source source =
      new Recorder.Source() {
        @Override
        public void start() {
          started = true;
        }

        @Override
        public void stop() {
          stopped = true;
        }

        @Override
        public StopReason look() {
          looks++;
          return atLook;
        }

        @Override
        public boolean hasEvents() {
          return !kernel.isDrained();
        }
      };

  /** Whoever sleeps, sleeps until the timeout, while the kernel does this. */
  private void meanwhile(IntPredicate what) {
    kernel.withSleep(
        timeoutMs -> {
          sleeps++;
          now += timeoutMs * MS;
          return what.test(timeoutMs);
        });
  }

  private boolean producePages(int count) {
    for (int i = 0; i < count; i++) {
      produced.writeBytes(kernel.producePage());
    }
    return true;
  }

  private void record(long durationNs, long maxBytes, boolean flush) throws IOException {
    PageMover mover;
    try {
      mover =
          new PageMover(
              kernel,
              new Descriptor(kernel, FakeKernel.RAW),
              Pipe.open(kernel, 1 << 16),
              new Descriptor(kernel, FakeKernel.FILE),
              PAGE);
    } catch (KernelException e) {
      throw new AssertionError(e);
    }
    try (Poller poller = new Poller(kernel)) {
      stop.onStop(poller::wake);
      new Recorder(
              source,
              poller,
              List.of(mover),
              stop,
              new Recorder.Limits(durationNs, maxBytes, flush),
              () -> {},
              () -> now)
          .record();
    }
  }

  private void assertAllIsInTheFile() {
    assertThat(kernel.file()).isEqualTo(produced.toByteArray());
    assertThat(started && stopped).isTrue();
  }

  @Test
  void recordsUntilTheTimeIsUpAndDrainsWhatIsLeft() throws IOException {
    meanwhile(ms -> producePages(3));
    record(2 * SECOND, FOR_EVER, false);
    assertAllIsInTheFile();
    assertThat(stop.reason()).isEqualTo(StopReason.TIME);
    assertThat(now).isBetween(79 * SECOND, 79 * SECOND + MS);
  }

  @Test
  void thePageThatIsBeingWrittenComesAtTheEnd() throws IOException {
    meanwhile(ms -> false);
    byte[] partial = kernel.producePartialPage();
    record(SECOND / 2, FOR_EVER, false);
    assertThat(kernel.file()).isEqualTo(partial);
  }

  @Test
  void thePageThatIsBeingWrittenComesAfterASecondIfItIsWanted() throws IOException {
    byte[] partial = kernel.producePartialPage();
    meanwhile(
        ms -> {
          if (now >= 77 * SECOND + 1400 * MS) {
            assertThat(kernel.file()).isEqualTo(partial);
          } else if (now <= 78 * SECOND) {
            assertThat(kernel.file()).isEmpty();
          }
          return false;
        });
    record(2 * SECOND, FOR_EVER, true);
    assertThat(kernel.file()).isEqualTo(partial);
  }

  @Test
  void stopsAtTheSizeAndNeverGoesBeyond() throws IOException {
    meanwhile(ms -> producePages(7));
    record(FOR_EVER, 10 * PAGE + 100, false);
    assertThat(stop.reason()).isEqualTo(StopReason.SIZE);
    assertThat(kernel.file()).hasSize(10 * PAGE);
    assertThat(stopped).isTrue();
  }

  @Test
  void aFullDiskIsAReasonToStopAndNoFailure() throws IOException {
    kernel.withDisk(5 * PAGE + 1);
    meanwhile(ms -> producePages(3));
    record(FOR_EVER, FOR_EVER, false);
    assertThat(stop.reason()).isEqualTo(StopReason.DISK_FULL);
    assertThat(stopped).isTrue();
  }

  @Test
  void anErrorStopsTheRecordingAndIsPassedOn() {
    kernel.withRawError(Errno.EIO);
    meanwhile(ms -> true);
    assertThatThrownBy(() -> record(FOR_EVER, FOR_EVER, false)).isInstanceOf(KernelException.class);
    assertThat(stop.reason()).isEqualTo(StopReason.FAILED);
    assertThat(stopped).isTrue();
  }

  @Test
  void wakeUpsThatGiveNothingDoNotMakeItTurnInCircles() throws IOException {
    kernel.withSleep(
        timeoutMs -> {
          sleeps++;
          // Only a pause takes time: the ring buffer says at once that it is ready.
          boolean pause = timeoutMs < 100;
          now += pause ? timeoutMs * MS : 1000;
          return true;
        });
    record(SECOND, FOR_EVER, false);
    assertThat(sleeps).isLessThanOrEqualTo(2 * 60);
  }

  @Test
  void aQuietCpuWhoseFirstEventWakesGivesFewPages() throws IOException {
    // An event every 18 ms, on a kernel whose poll does not wait for a part of the buffer.
    kernel
        .withSleep(
            timeoutMs -> {
              now += 18 * MS;
              sleeps++;
              if (sleeps % 8 == 0) {
                return producePages(1);
              }
              produced.writeBytes(kernel.producePartialPage());
              return true;
            })
        .withPause(timeoutMs -> now += timeoutMs * MS);
    record(10 * SECOND, FOR_EVER, false);
    assertAllIsInTheFile();
    // Four a second, a few until then, and the full ones.
    assertThat(produced.size() / PAGE).isLessThanOrEqualTo(4 * 10 + 10);
  }

  @Test
  void aBusyCpuWhoseFirstEventWakesIsNotLeftAlone() throws IOException {
    kernel
        .withSleep(
            timeoutMs -> {
              now += MS;
              produced.writeBytes(kernel.producePartialPage());
              return true;
            })
        .withPause(
            timeoutMs -> {
              assertThat(timeoutMs).isLessThanOrEqualTo(20);
              now += timeoutMs * MS;
              producePages(3);
            });
    record(SECOND, FOR_EVER, false);
    assertThat(stop.reason()).isEqualTo(StopReason.TIME);
  }

  @Test
  void aPauseEndsWithTheRecording() throws IOException {
    kernel
        .withSleep(
            timeoutMs -> {
              now += MS;
              kernel.producePartialPage();
              return true;
            })
        .withPause(timeoutMs -> now += timeoutMs * MS);
    record(SECOND, FOR_EVER, false);
    assertThat(now).isBetween(78 * SECOND, 78 * SECOND + 2 * MS);
  }

  @Test
  void anIdleRecordingSleeps() throws IOException {
    meanwhile(ms -> false);
    record(60 * SECOND, FOR_EVER, true);
    assertThat(sleeps).isLessThanOrEqualTo(60 * 4 + 1);
  }

  @Test
  void looksAfterTheHostOnceASecond() throws IOException {
    meanwhile(ms -> false);
    record(10 * SECOND, FOR_EVER, false);
    assertThat(looks).isBetween(7, 10);
  }

  @Test
  void endsWhenTheHostGivesAReason() throws IOException {
    atLook = StopReason.SWITCHED_OFF;
    meanwhile(ms -> producePages(1));
    record(FOR_EVER, FOR_EVER, false);
    assertThat(stop.reason()).isEqualTo(StopReason.SWITCHED_OFF);
    assertAllIsInTheFile();
  }

  @Test
  void endsWhenItIsAskedTo() throws IOException {
    meanwhile(
        ms -> {
          stop.because(StopReason.SIGNAL);
          return producePages(2);
        });
    record(FOR_EVER, FOR_EVER, false);
    assertThat(sleeps).isEqualTo(1);
    assertAllIsInTheFile();
  }
}
