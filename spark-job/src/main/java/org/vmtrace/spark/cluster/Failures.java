package org.vmtrace.spark.cluster;

import java.io.IOException;
import org.vmtrace.event.FormatTextException;

/** Finds the sentence that a user needs in what Spark and Hadoop throw. */
public final class Failures {
  private Failures() {}

  /** What went wrong with a file, with its name. */
  public static String line(String file, Exception failure) {
    String line = firstLine(failure);
    if (failure instanceof RuntimeException) { // Hadoop wraps what it did not expect
      Throwable cause = deepest(failure);
      line = cause.getClass().getSimpleName() + ": " + firstLine(cause);
    }
    return line.contains(file) ? line : file + ": " + line;
  }

  private static Throwable deepest(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest;
  }

  /**
   * A failure of the job as one that speaks for itself. Spark wraps what failed in a task in a
   * report of where it failed.
   */
  public static IOException of(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException || cause instanceof FormatTextException) {
        return failure instanceof IOException own
            ? own
            : new IOException(firstLine(cause), failure);
      }
    }
    if (isInterrupt(failure)) {
      return new IOException("interrupted", failure);
    }
    Throwable deepest = deepest(failure);
    String line = deepest == failure ? "" : ": " + deepest.getClass().getSimpleName();
    return new IOException(
        "the job failed" + line + ": " + firstLine(deepest) + "; --debug shows where", failure);
  }

  /** Whether Spark was shut down meanwhile, as a signal to this process does. */
  private static boolean isInterrupt(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (cause instanceof InterruptedException
          || message.contains("SparkContext was shut down")
          || message.contains("on a stopped SparkContext")) {
        return true;
      }
    }
    return false;
  }

  private static String firstLine(Throwable failure) {
    String message = failure.getMessage() == null ? "" : failure.getMessage().strip();
    int end = message.indexOf('\n');
    String line = end < 0 ? message : message.substring(0, end).strip();
    return line.isEmpty() ? failure.getClass().getSimpleName() : line;
  }
}
