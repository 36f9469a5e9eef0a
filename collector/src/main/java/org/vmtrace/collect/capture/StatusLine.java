package org.vmtrace.collect.capture;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.vmtrace.latency.tally.Glance;

/**
 * A line on a terminal that tells once a second how a recording goes, in a thread of its own: a
 * terminal that stands still holds up nobody else.
 */
final class StatusLine implements AutoCloseable {
  private static final long SECOND_NS = 1_000_000_000L;
  private static final double NS_PER_US = 1e3;
  private static final double MB = 1e6;
  private static final String CLEAR = "\r\u001b[K";

  // A line that is longer than the terminal is wide is cut off there, instead of scrolling
  // (DECAWM).
  private static final String NO_WRAP = "\u001b[?7l";
  private static final String WRAP = "\u001b[?7h";

  /**
   * How far a recording is.
   *
   * @param elapsedNs how long it has lasted
   * @param bytes bytes of pages in the files
   * @param numbers what the analysis knows; null if there is none
   */
  record Progress(long elapsedNs, long bytes, LiveNumbers numbers) {}

  private final PrintStream terminal;
  private final Supplier<Progress> progress;
  private final long durationNs;
  private final boolean countsNs;
  private final Thread thread;
  private volatile boolean closed;
  private Progress before = new Progress(0, 0, LiveNumbers.NONE);

  /**
   * Begins to tell.
   *
   * @param durationNs how long the recording is to last; {@link Long#MAX_VALUE} if that is open
   * @param countsNs whether latencies are ns
   * @param beforehand is run by the telling thread first
   */
  StatusLine(
      PrintStream terminal,
      Supplier<Progress> progress,
      long durationNs,
      boolean countsNs,
      LongSupplier nanoTime,
      Runnable beforehand) {
    this.terminal = terminal;
    this.progress = progress;
    this.durationNs = durationNs;
    this.countsNs = countsNs;
    this.thread =
        new Thread(
            () -> {
              beforehand.run();
              run(nanoTime);
            },
            "vm-trace-status");
    thread.setDaemon(true);
    thread.start();
  }

  private void run(LongSupplier nanoTime) {
    long next = nanoTime.getAsLong() + SECOND_NS;
    while (!closed) {
      long left = next - nanoTime.getAsLong();
      if (left > 0) {
        LockSupport.parkNanos(this, left);
      } else {
        next += SECOND_NS;
        Progress now = progress.get();
        terminal.print(CLEAR + NO_WRAP + text(now, before, durationNs, countsNs) + WRAP);
        terminal.flush();
        before = now;
      }
    }
  }

  /** The line, from what is known now and what was known when the line before was written. */
  static String text(Progress now, Progress before, long durationNs, boolean countsNs) {
    StringBuilder line = new StringBuilder();
    line.append(now.elapsedNs() / SECOND_NS).append(" s");
    if (durationNs != Long.MAX_VALUE) {
      long left = Math.max(0, durationNs - now.elapsedNs());
      line.append(", ").append((left + SECOND_NS - 1) / SECOND_NS).append(" s left");
    }
    line.append(String.format(Locale.ROOT, ", %.1f MB", now.bytes() / MB));
    double seconds = Math.max(1, now.elapsedNs() - before.elapsedNs()) / (double) SECOND_NS;
    if (now.numbers() == null) {
      line.append(
          String.format(Locale.ROOT, ", %.1f MB/s", (now.bytes() - before.bytes()) / MB / seconds));
      return line.toString();
    }
    long known = before.numbers() == null ? 0 : before.numbers().events();
    line.append(
        String.format(Locale.ROOT, ", %,.0f events/s", (now.numbers().events() - known) / seconds));
    Glance glance = now.numbers().latencies();
    if (glance.latencies() > 0) {
      line.append(
          String.format(
              Locale.ROOT,
              ", %,d latencies: mean %s, worst %s (busy %s)",
              glance.latencies(),
              length(glance.sum() / (double) glance.latencies(), countsNs),
              length((double) glance.longest(), countsNs),
              length((double) glance.longestBusy(), countsNs)));
    }
    line.append(String.format(Locale.ROOT, ", lost %,d", now.numbers().lost()));
    return line.toString();
  }

  private static String length(double latency, boolean countsNs) {
    return countsNs
        ? String.format(Locale.ROOT, "%,.1f us", latency / NS_PER_US)
        : String.format(Locale.ROOT, "%,.0f cycles", latency);
  }

  /** Ends the telling and clears the line. Does not wait for a terminal that stands still. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join(200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!thread.isAlive() && before.elapsedNs() > 0) {
      terminal.print(CLEAR);
      terminal.flush();
    }
  }
}
