package org.vmtrace.collect;

import java.util.concurrent.CountDownLatch;

/**
 * Lets SIGINT, SIGTERM and SIGHUP end a recording in order: the JVM's shutdown waits until the host
 * is clean, the file complete and the summary printed, and the program's exit code is that of a
 * recording whose time was up. A signal that comes after the recording ends the program at once.
 */
final class EarlyEnd {
  private final CountDownLatch finished = new CountDownLatch(1);
  private final StopRequest stop;
  private volatile boolean recording = true;
  private volatile int exitCode;

  private EarlyEnd(StopRequest stop) {
    this.stop = stop;
  }

  /** Takes care of signals from now on. */
  static EarlyEnd of(StopRequest stop) {
    EarlyEnd end = new EarlyEnd(stop);
    Runtime.getRuntime().addShutdownHook(new Thread(end::onShutdown, "vm-trace-end"));
    return end;
  }

  private void onShutdown() {
    if (!recording || finished.getCount() == 0) {
      return;
    }
    stop.because(StopReason.SIGNAL);
    try {
      finished.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(exitCode);
  }

  /** The host is as it was and all there is to record has been recorded. */
  void recordingEnded() {
    if (stop.reason() != StopReason.SIGNAL) {
      recording = false;
    }
  }

  /** All is done; whoever waits may end the program. */
  void finished(int code) {
    exitCode = code;
    finished.countDown();
  }
}
