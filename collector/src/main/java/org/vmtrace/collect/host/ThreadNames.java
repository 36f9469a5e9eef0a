package org.vmtrace.collect.host;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.vmtrace.collect.tracefs.Tracefs;
import org.vmtrace.collect.tracefs.TracefsException;

/** Finds the names of recorded threads. */
public final class ThreadNames {
  private ThreadNames() {}

  /**
   * The names that the kernel noted while it traced, and those of threads that are still there.
   *
   * @param seen threads that were seen in the recording
   */
  public static Map<Integer, String> find(Tracefs tracefs, Path root, Set<Integer> seen) {
    Map<Integer, String> names = new HashMap<>();
    try {
      names.putAll(tracefs.savedComms());
    } catch (TracefsException e) {
      // Names are a comfort, no more.
    }
    for (int thread : seen) {
      String name = HostFiles.text(root, "proc/" + thread + "/comm");
      if (!name.isEmpty()) {
        names.put(thread, name.substring(0, name.length() - 1));
      }
    }
    return names;
  }
}
