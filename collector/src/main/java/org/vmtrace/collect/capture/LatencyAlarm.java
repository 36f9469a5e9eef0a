package org.vmtrace.collect.capture;

import java.util.function.LongSupplier;

/**
 * Notices that a latency has become as long as somebody waits for.
 *
 * <p>With several CPUs a latency may turn out to be none: its thread was on another CPU in between,
 * whose pages come later. The events of a CPU that does little lie in its ring buffer for up to 1.3
 * s ({@link Recorder}); so long, and some more, a latency must stand.
 */
final class LatencyAlarm {
  private static final long SETTLE_NS = 2_000_000_000L;

  private final long limit;
  private final long settleNs;
  private final LongSupplier nanoTime;
  private final Runnable ring;
  private boolean reached;
  private long reachedNs;

  /**
   * An alarm.
   *
   * @param limit the shortest latency to notice, in units of the trace clock
   * @param cpus how many CPUs are traced
   * @param nanoTime a clock in ns that only goes forward
   * @param ring is run when there is one, perhaps again and again
   */
  LatencyAlarm(long limit, int cpus, LongSupplier nanoTime, Runnable ring) {
    this.limit = limit;
    this.settleNs = cpus > 1 ? SETTLE_NS : 0;
    this.nanoTime = nanoTime;
    this.ring = ring;
  }

  /** Takes the longest latency as it is known now; to be called a few times a second. */
  void look(long longest) {
    if (longest < limit) {
      reached = false;
      return;
    }
    long now = nanoTime.getAsLong();
    if (!reached) {
      reached = true;
      reachedNs = now;
    }
    if (now - reachedNs >= settleNs) {
      ring.run();
    }
  }
}
