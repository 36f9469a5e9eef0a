package org.vmtrace.collect.capture;

/** Asks a recording to end: the first reason counts. Thread-safe. */
public final class StopRequest {
  private volatile StopReason reason;

  /** Null while nothing sleeps. */
  private Runnable wake;

  /** Ends the recording, at once if it sleeps. */
  public synchronized void because(StopReason why) {
    if (reason == null) {
      reason = why;
      if (wake != null) {
        wake.run();
      }
    }
  }

  /** Why the recording is to end; null if it is not. */
  public StopReason reason() {
    return reason;
  }

  /**
   * Is run when the recording is asked to end, from now on; when this returns, what was to be run
   * before runs no more.
   */
  synchronized void onStop(Runnable action) {
    wake = action;
  }

  /** Nothing is run any more, see {@link #onStop}. */
  synchronized void offStop() {
    wake = null;
  }
}
