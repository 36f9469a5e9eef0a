package org.vmtrace.collect.splice;

import java.io.IOException;

/** A system call failed. The message is one line: what was done, and why it failed. */
public final class KernelException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * A failure.
   *
   * @param action what was done, for example {@code cannot open /x}
   * @param errno the error number, positive
   */
  public KernelException(String action, int errno) {
    super(action + ": " + Errno.text(errno));
  }

  /**
   * Passes a call's result on if it is none of an error.
   *
   * @param result what a method of {@link SystemCalls} returned
   * @param action as in the constructor
   * @throws KernelException if the result is negative
   */
  static int check(int result, String action) throws KernelException {
    if (result < 0) {
      throw new KernelException(action, -result);
    }
    return result;
  }
}
