package org.vmtrace.spark.rows;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.parquet.io.api.Binary;
import org.vmtrace.latency.ThreadKey;
import org.vmtrace.latency.summary.RecordingInfo;
import org.vmtrace.recording.Recording;
import org.vmtrace.spark.output.RecordingNames;
import org.vmtrace.spark.plan.TracePlan;
import org.vmtrace.spark.scan.JoinedStream;

/**
 * What rows and summary need to know of a recording.
 *
 * @param info names; of its threads only those that had exits or entries
 * @param hasInstructionPointer whether exits tell the guest's instruction pointer
 */
public record RowLabels(RecordingInfo info, boolean hasInstructionPointer) implements Serializable {
  /** The labels of a plan's recordings, by their numbers. */
  public static List<RowLabels> of(TracePlan plan, List<JoinedStream> streams) {
    Map<Integer, Map<Integer, String>> comms = new HashMap<>();
    for (JoinedStream stream : streams) {
      int number = stream.stream().recording();
      Map<Integer, String> all = plan.recordings().get(number).info().comms();
      Map<Integer, String> used = comms.computeIfAbsent(number, key -> new HashMap<>());
      for (long key : stream.threads()) {
        String comm = all.get(ThreadKey.pid(key));
        if (comm != null) {
          used.put(ThreadKey.pid(key), comm);
        }
      }
    }
    ArrayList<RowLabels> labels = new ArrayList<>();
    for (int number = 0; number < plan.recordings().size(); number++) {
      Recording recording = plan.recordings().get(number);
      RecordingInfo info = recording.info();
      labels.add(
          new RowLabels(
              info.withComms(Map.copyOf(comms.getOrDefault(number, Map.of()))),
              recording.hasInstructionPointer()));
    }
    return labels;
  }

  /** The names as Parquet takes them. */
  RecordingNames<Binary> names() {
    return names(RecordingNames::binary);
  }

  /**
   * The names as something else takes them.
   *
   * @param text makes it of a text, once
   */
  public <T> RecordingNames<T> names(Function<String, T> text) {
    return new RecordingNames<>(info, hasInstructionPointer, text);
  }
}
