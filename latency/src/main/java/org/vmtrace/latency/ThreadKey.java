package org.vmtrace.latency;

/**
 * A thread as a {@code long}: its {@code common_pid}, and for the idle thread, pid 0, which every
 * CPU has one of, also the CPU. Keys are compared by pid, then CPU.
 */
public final class ThreadKey {
  private ThreadKey() {}

  /** The key of a thread seen on a CPU. */
  public static long of(int pid, int cpu) {
    return ((long) pid << 32) | (pid == 0 ? cpu + 1L : 0);
  }

  /** The {@code common_pid} of a key. */
  public static int pid(long key) {
    return (int) (key >> 32);
  }
}
