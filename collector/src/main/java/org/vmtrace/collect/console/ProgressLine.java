package org.vmtrace.collect.console;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vmtrace.recording.LocalAnalysis;

/** Shows on a terminal how far the analysis is, if it takes longer than a second. */
public final class ProgressLine implements LocalAnalysis.Progress, Closeable {
  private static final long NS_BEFORE_FIRST = 1_000_000_000;
  private static final long NS_BETWEEN = 200_000_000;
  private static final String CLEAR = "\r\u001b[K";

  private final PrintStream terminal;
  private final long total;
  private long done;
  private long next = System.nanoTime() + NS_BEFORE_FIRST;
  private boolean shown;

  /**
   * A line of which nothing is seen yet.
   *
   * @param terminal where it is shown; null for nowhere
   * @param total bytes that there are to do, about
   */
  public ProgressLine(PrintStream terminal, long total) {
    this.terminal = terminal;
    this.total = total;
  }

  /** Standard error if that is a terminal, else null. */
  public static PrintStream terminal() {
    return isTerminal(Path.of("/proc/self/fd/2")) ? System.err : null;
  }

  private static boolean isTerminal(Path descriptor) {
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  @Override
  public synchronized void advanced(long bytes) {
    done += bytes;
    long now = System.nanoTime();
    if (terminal != null && total > 0 && now - next >= 0) {
      next = now + NS_BETWEEN;
      shown = true;
      terminal.print(CLEAR + "analysing: " + (int) Math.min(100, 100.0 * done / total) + "%");
      terminal.flush();
    }
  }

  @Override
  public synchronized void close() {
    if (shown) {
      terminal.print(CLEAR);
      terminal.flush();
    }
  }
}
