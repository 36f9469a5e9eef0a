package org.vmtrace.collect.tracefs;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Tracing cannot be set up or used. The message is one line that says what to do. */
public final class TracefsException extends IOException {
  private static final long serialVersionUID = 1L;

  /** A failure without a cause of its own. */
  public TracefsException(String message) {
    super(message);
  }

  /** A failure with its cause. */
  public TracefsException(String message, Throwable cause) {
    super(message, cause);
  }

  /** What the system said, without the path that file errors begin with. */
  static String reason(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "no such file";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof FileSystemException file && file.getReason() != null) {
      return file.getReason();
    }
    return failure.getMessage();
  }
}
