package org.vmtrace.collect.host;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.vmtrace.collect.splice.Errno;
import org.vmtrace.collect.splice.SystemCalls;
import org.vmtrace.collect.tracefs.CpuList;

/** Keeps the threads of this process, the JVM's own among them, on some CPUs. */
public final class CpuAffinity {
  private static final Path ROOT = Path.of("/");
  private static final String TASKS = "proc/self/task";
  private static final int PASSES = 20;

  private final SystemCalls calls;
  private final HostCpus host = new HostCpus(ROOT);

  /** The threads of this process, by way of these system calls. */
  public CpuAffinity(SystemCalls calls) {
    this.calls = calls;
  }

  /**
   * Moves every thread of this process to these CPUs; threads that they start later follow.
   *
   * @throws IOException if the kernel does not let them
   */
  public void confine(BitSet cpus) throws IOException {
    // A thread that has not been moved yet may start another: again until there is none left.
    for (int pass = 0; !threadsOutside(cpus).isEmpty(); pass++) {
      if (pass == PASSES) {
        throw new IOException(
            "threads of this program do not stay on "
                + CpuList.name(cpus)
                + "; is it in a cpuset?");
      }
      for (int thread : threadsOutside(cpus)) {
        move(thread, cpus);
      }
    }
  }

  /** Moves the calling thread to these CPUs. */
  public void moveThisThread(BitSet cpus) throws IOException {
    move(0, cpus);
  }

  private void move(int thread, BitSet cpus) throws IOException {
    int result = calls.setAffinity(thread, cpus.toLongArray());
    // The thread may have ended.
    if (result < 0 && result != -Errno.ESRCH) {
      throw new IOException(
          "cannot run on "
              + CpuList.name(cpus)
              + ": "
              + Errno.text(-result)
              + "; this process may run on "
              + CpuList.format(host.allowed()));
    }
  }

  /** The threads of this process that may run on other CPUs than these. */
  List<Integer> threadsOutside(BitSet cpus) throws IOException {
    List<Integer> outside = new ArrayList<>();
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(ROOT.resolve(TASKS))) {
      for (Path task : tasks) {
        BitSet allowed = host.allowed(TASKS + "/" + task.getFileName() + "/status");
        allowed.andNot(cpus);
        if (!allowed.isEmpty() && Files.exists(task)) {
          outside.add(Integer.parseInt(task.getFileName().toString()));
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return outside;
  }
}
