package org.vmtrace.collect;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that makes system calls as fast as one CPU can, pinned to that CPU. */
public final class SyscallLoad implements AutoCloseable {
  private final Process process;

  private SyscallLoad(Process process) {
    this.process = process;
  }

  /** Starts it. No capture may be running in this process. */
  public static SyscallLoad on(int cpu) throws IOException {
    List<String> command =
        List.of(
            "taskset", "-c", Integer.toString(cpu), "dd", "if=/dev/zero", "of=/dev/null", "bs=1");
    return new SyscallLoad(
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  /** The process id, also of its only thread. */
  public long pid() {
    return process.pid();
  }

  /** Pins it to another CPU. */
  public void moveTo(int cpu) throws IOException, InterruptedException {
    Process taskset =
        new ProcessBuilder("taskset", "-pc", Integer.toString(cpu), Long.toString(pid()))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (taskset.waitFor() != 0) {
      throw new IOException("taskset failed");
    }
  }

  /** Whether it has not failed. */
  public boolean isRunning() {
    return process.isAlive();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
