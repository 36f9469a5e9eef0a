package org.vmtrace.collect.splice;

/** An open file of the kernel. Closing it twice does no harm; not thread-safe. */
public final class Descriptor implements AutoCloseable {
  private final SystemCalls calls;
  private final int number;
  private boolean closed;

  /** Takes over a descriptor. */
  public Descriptor(SystemCalls calls, int number) {
    this.calls = calls;
    this.number = number;
  }

  /**
   * Opens a file.
   *
   * @param flags numbers of {@link SystemCalls}; the file is closed on exec
   * @param mode permissions of a file that is made
   * @throws KernelException if that fails
   */
  public static Descriptor open(SystemCalls calls, String path, int flags, int mode)
      throws KernelException {
    int result = calls.open(path, flags | SystemCalls.OPEN_CLOSE_ON_EXEC, mode);
    return new Descriptor(calls, KernelException.check(result, "cannot open " + path));
  }

  /** The number that the kernel knows it by. */
  public int number() {
    return number;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      // Linux gives the number up whatever close returns: nothing to retry.
      int unused = calls.close(number);
    }
  }
}
