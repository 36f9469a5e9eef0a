package org.vmtrace.spark.cluster;

import java.io.IOException;
import org.vmtrace.event.FormatTextException;

/** Finds the sentence that a user needs in what Spark and Hadoop throw. */
public final class Failures {
  private Failures() {}

  /** What went wrong with a file, with its name. */
  public static String line(String file, IOException failure) {
    String line = firstLine(failure);
    return line.contains(file) ? line : file + ": " + line;
  }

  /**
   * A failure of the job as one that speaks for itself. Spark wraps what failed in a task in a
   * report of where it failed.
   */
  public static IOException of(Exception failure) {
    Throwable deepest = failure;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException || cause instanceof FormatTextException) {
        return failure instanceof IOException own
            ? own
            : new IOException(firstLine(cause), failure);
      }
      deepest = cause;
    }
    String line = deepest == failure ? "" : ": " + deepest.getClass().getSimpleName();
    return new IOException(
        "the job failed" + line + ": " + firstLine(deepest) + "; --debug shows where", failure);
  }

  private static String firstLine(Throwable failure) {
    String message = failure.getMessage() == null ? "" : failure.getMessage().strip();
    int end = message.indexOf('\n');
    String line = end < 0 ? message : message.substring(0, end).strip();
    return line.isEmpty() ? failure.getClass().getSimpleName() : line;
  }
}
