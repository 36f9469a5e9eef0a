package org.vmtrace.event;

/** A format text of the kernel that cannot be used. The message is one sentence that says why. */
public class FormatTextException extends Exception {
  private static final long serialVersionUID = 1L;

  public FormatTextException(String message) {
    super(message);
  }

  public FormatTextException(String message, Throwable cause) {
    super(message, cause);
  }
}
