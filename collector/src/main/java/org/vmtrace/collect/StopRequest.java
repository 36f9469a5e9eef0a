package org.vmtrace.collect;

import java.util.concurrent.atomic.AtomicReference;

/** Asks a recording to end: the first reason counts. Thread-safe. */
final class StopRequest {
  private final AtomicReference<StopReason> reason = new AtomicReference<>();
  private final AtomicReference<Runnable> wake = new AtomicReference<>(() -> {});

  /** Ends the recording, at once if it sleeps. */
  void because(StopReason why) {
    if (reason.compareAndSet(null, why)) {
      wake.get().run();
    }
  }

  /** Why the recording is to end; null if it is not. */
  StopReason reason() {
    return reason.get();
  }

  /** Is run when the recording is asked to end, from now on. */
  void onStop(Runnable action) {
    wake.set(action);
  }
}
