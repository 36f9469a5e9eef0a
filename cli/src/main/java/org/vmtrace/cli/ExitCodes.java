package org.vmtrace.cli;

/** What a program's end says. */
public final class ExitCodes {
  /** All was done. */
  public static final int DONE = 0;

  /** It failed. */
  public static final int FAILED = 1;

  /** The command line was wrong. */
  public static final int USAGE = 2;

  /**
   * Done, but the input was damaged, files were skipped, a capture ended early, {@code --check}
   * found something, or events were lost and {@code --strict} was given.
   */
  public static final int INCOMPLETE = 3;

  private ExitCodes() {}
}
