package org.vmtrace.collect.host;

import java.nio.file.Path;
import org.vmtrace.collect.splice.SystemCalls;

/**
 * Lets the collecting thread run before all other ordinary work on its CPU while it records: it
 * needs little time, but in time.
 */
public final class ThreadPriority {
  private static final int FIRST = -20;

  // Field of /proc/thread-self/stat after the name (proc(5), counted from 3).
  private static final int NICE = 19 - 3;

  private final SystemCalls calls;
  private final int before;

  /**
   * The priority of the calling thread.
   *
   * @param root the root of the file system
   */
  public ThreadPriority(SystemCalls calls, Path root) {
    this.calls = calls;
    this.before = nice(HostFiles.text(root, "proc/thread-self/stat"));
  }

  private static int nice(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
    return fields.length > NICE && fields[NICE].matches("-?[0-9]{1,2}")
        ? Integer.parseInt(fields[NICE])
        : 0;
  }

  /** Lets the calling thread run first. Where the kernel refuses, it runs as it did. */
  public void raise() {
    int unused = calls.setPriority(0, FIRST);
  }

  /** Gives the calling thread the priority that there was before. */
  public void restore() {
    int unused = calls.setPriority(0, before);
  }
}
