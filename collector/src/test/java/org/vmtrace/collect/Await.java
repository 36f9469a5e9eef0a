package org.vmtrace.collect;

import java.util.concurrent.locks.LockSupport;

/** Waits for what another process or the kernel is about to do, and fails if it does not. */
public final class Await {
  private static final long TIMEOUT_NS = 60_000_000_000L;
  private static final long LOOK_EVERY_NS = 5_000_000L;

  /** Something that will be true. */
  public interface Condition {
    boolean holds() throws Exception;
  }

  private Await() {}

  /** Returns when the condition holds. */
  public static void until(String what, Condition condition) throws Exception {
    long start = System.nanoTime();
    while (!condition.holds()) {
      if (System.nanoTime() - start > TIMEOUT_NS) {
        throw new AssertionError("in vain waited until " + what);
      }
      LockSupport.parkNanos(LOOK_EVERY_NS);
    }
  }
}
