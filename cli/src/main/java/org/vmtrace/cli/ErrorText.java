package org.vmtrace.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.vmtrace.event.FormatTextException;

/** Says in one line what went wrong, where, and what to do. */
public final class ErrorText {
  private ErrorText() {}

  /**
   * The line for a failure, as it is: {@link Program#tell} escapes it. Failures that were wrapped
   * on their way, as those of another thread are, speak for themselves.
   */
  public static String of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException || cause instanceof FormatTextException) {
        return known((Exception) cause);
      }
      if (cause instanceof OutOfMemoryError) {
        return "there is not enough memory; analyse fewer files at once, or give the JVM more (-Xmx)";
      }
    }
    return "internal error: " + failure + "; --debug shows where, please report it";
  }

  private static String known(Exception failure) {
    if (failure instanceof FileSystemException file) {
      return file.getFile() + ": " + reason(file);
    }
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  private static String reason(FileSystemException failure) {
    if (failure instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied; run as a user who may read it, or change its mode";
    }
    if (failure instanceof NotDirectoryException) {
      return "this is no directory";
    }
    return failure.getReason() == null ? failure.getClass().getSimpleName() : failure.getReason();
  }
}
