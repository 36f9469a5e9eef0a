package org.vmtrace.collect;

import java.util.concurrent.CountDownLatch;

/**
 * Lets SIGINT, SIGTERM and SIGHUP end a recording in order: the JVM's shutdown waits until the host
 * is clean, the file complete and the summary printed, and the program's exit code is that of a
 * recording whose time was up. The same holds for other work that must not be cut short. Otherwise
 * a signal ends the program at once.
 */
final class EarlyEnd {
  private final CountDownLatch finished = new CountDownLatch(1);

  /** Null: a signal ends the program at once. */
  private volatile Runnable onSignal;

  private volatile int exitCode;

  /** Takes care of signals from now on. */
  void install() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::onShutdown, "vm-trace-end"));
  }

  private void onShutdown() {
    Runnable action = onSignal;
    if (action == null || finished.getCount() == 0) {
      return;
    }
    action.run();
    try {
      finished.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(exitCode);
  }

  /**
   * A signal must wait from now on: what is being done leaves something behind if it is cut short.
   *
   * @param action is run at a signal, and must not wait
   */
  void holdSignals(Runnable action) {
    onSignal = action;
  }

  /** A signal may end the program from now on; one that waits already goes on waiting. */
  void releaseSignals() {
    onSignal = null;
  }

  /** All is done and said; whoever waits may end the program. */
  void finished(int code) {
    exitCode = code;
    finished.countDown();
  }
}
