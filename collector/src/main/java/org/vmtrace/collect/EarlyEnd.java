package org.vmtrace.collect;

import java.util.concurrent.CountDownLatch;
import org.vmtrace.collect.capture.StopReason;
import org.vmtrace.collect.capture.StopRequest;

/**
 * Lets SIGINT, SIGTERM and SIGHUP end a recording in order: the JVM's shutdown waits until the host
 * is clean, the file complete and the summary printed, and the program's exit code is that of a
 * recording whose time was up. The same holds for other work that must not be cut short. Otherwise
 * a signal ends the program at once.
 */
final class EarlyEnd {
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile StopRequest recording;
  private volatile int exitCode;

  /** Takes care of signals from now on. */
  void install() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::onShutdown, "vm-trace-end"));
  }

  private void onShutdown() {
    StopRequest stop = recording;
    if (stop == null || finished.getCount() == 0) {
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

  /** A signal must be waited for from now on. */
  void recordingBegins(StopRequest stop) {
    recording = stop;
  }

  /** A signal must wait from now on for work that leaves something behind if it is cut short. */
  void workBegins() {
    recordingBegins(new StopRequest());
  }

  /** The work is done. */
  void workEnded() {
    recordingEnded();
  }

  /** The host is as it was and all there is to record is in the files. */
  void recordingEnded() {
    StopRequest stop = recording;
    if (stop != null && stop.reason() != StopReason.SIGNAL) {
      recording = null;
    }
  }

  /** All is done and said; whoever waits may end the program. */
  void finished(int code) {
    exitCode = code;
    finished.countDown();
  }
}
