package org.vmtrace.event;

/** An event that the analysis needs has no format; the message names what there is instead. */
public final class MissingEventException extends FormatTextException {
  private static final long serialVersionUID = 1L;

  public MissingEventException(String message) {
    super(message);
  }
}
