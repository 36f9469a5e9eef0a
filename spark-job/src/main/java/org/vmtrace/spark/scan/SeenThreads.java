package org.vmtrace.spark.scan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.vmtrace.latency.ThreadKey;
import org.vmtrace.latency.summary.RecordingInfo;
import org.vmtrace.spark.plan.TracePlan;

/** Leaves out the names that no row and no summary asks for: a file names every thread it knows. */
public final class SeenThreads {
  private SeenThreads() {}

  /**
   * A plan's recordings, by their numbers, each with the names of only those threads that had exits
   * or entries.
   */
  public static List<RecordingInfo> recordings(TracePlan plan, List<JoinedStream> streams) {
    Map<Integer, Map<Integer, String>> comms = new HashMap<>();
    for (JoinedStream stream : streams) {
      int number = stream.stream().recording();
      Map<Integer, String> all = plan.recordings().get(number).info().comms();
      Map<Integer, String> seen = comms.computeIfAbsent(number, key -> new HashMap<>());
      for (long key : stream.threads()) {
        String comm = all.get(ThreadKey.pid(key));
        if (comm != null) {
          seen.put(ThreadKey.pid(key), comm);
        }
      }
    }
    List<RecordingInfo> recordings = new ArrayList<>();
    for (int number = 0; number < plan.recordings().size(); number++) {
      RecordingInfo info = plan.recordings().get(number).info();
      recordings.add(info.withComms(Map.copyOf(comms.getOrDefault(number, Map.of()))));
    }
    return recordings;
  }
}
