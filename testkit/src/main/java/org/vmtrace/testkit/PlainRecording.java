package org.vmtrace.testkit;

import java.util.List;
import java.util.Map;

/**
 * What one capture wrote into one buffer.
 *
 * @param name the recording's name in results
 * @param host the node name, empty if unknown
 * @param comms the threads' names by pid
 */
public record PlainRecording(
    String name, String host, List<PlainStream> streams, Map<Integer, String> comms) {
  /** A recording of which nothing but its events is known. */
  public static PlainRecording of(String name, List<PlainStream> streams) {
    return new PlainRecording(name, "", streams, Map.of());
  }

  /** The name of a thread, empty if unknown. */
  public String comm(int pid) {
    return comms.getOrDefault(pid, "");
  }
}
