package org.vmtrace.collect.splice;

/** The pipe through which pages go from the ring buffer to a file. */
public final class Pipe implements AutoCloseable {
  private final Descriptor out;
  private final Descriptor in;
  private final int bytes;

  private Pipe(Descriptor out, Descriptor in, int bytes) {
    this.out = out;
    this.in = in;
    this.bytes = bytes;
  }

  /**
   * Makes a pipe.
   *
   * @param wantedBytes how much it should hold; where the kernel refuses that much it holds what
   *     pipes hold by default, 64 KiB
   * @throws KernelException if there is none to be had
   */
  public static Pipe open(SystemCalls calls, int wantedBytes) throws KernelException {
    int[] ends = new int[2];
    KernelException.check(calls.pipe(ends, SystemCalls.OPEN_CLOSE_ON_EXEC), "cannot make a pipe");
    Descriptor out = new Descriptor(calls, ends[0]);
    Descriptor in = new Descriptor(calls, ends[1]);
    int bytes = calls.fcntl(ends[1], SystemCalls.FCNTL_SET_PIPE_BYTES, wantedBytes);
    if (bytes <= 0) {
      bytes = calls.fcntl(ends[1], SystemCalls.FCNTL_GET_PIPE_BYTES, 0);
    }
    return new Pipe(out, in, Math.max(bytes, 0));
  }

  /** Where pages go in. */
  int in() {
    return in.number();
  }

  /** Where pages come out. */
  int out() {
    return out.number();
  }

  /**
   * What it holds, in bytes of system pages; a larger sub-buffer takes up no more than one page.
   */
  int bytes() {
    return bytes;
  }

  @Override
  public void close() {
    in.close();
    out.close();
  }
}
