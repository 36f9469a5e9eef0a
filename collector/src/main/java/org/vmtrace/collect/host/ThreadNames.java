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

  /** All names that the kernel noted while it traced, of whichever threads. */
  public static Map<Integer, String> noted(Tracefs tracefs) {
    try {
      return tracefs.savedComms();
    } catch (TracefsException e) {
      // Names are a comfort, no more.
      return Map.of();
    }
  }

  /**
   * The names of some threads, as far as they are known: those that the kernel noted, and of
   * threads that are still there what they are called now.
   *
   * @param noted as {@link #noted} gives them
   * @param root the root of the file system
   */
  public static Map<Integer, String> of(
      Set<Integer> threads, Map<Integer, String> noted, Path root) {
    Map<Integer, String> names = new HashMap<>(noted);
    names.keySet().retainAll(threads);
    for (int thread : threads) {
      String name = HostFiles.text(root, "proc/" + thread + "/comm");
      if (!name.isEmpty()) {
        names.put(thread, name.substring(0, name.length() - 1));
      }
    }
    return names;
  }
}
