package org.vmtrace.spark.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.lib.input.FileSplit;
import org.vmtrace.event.ExitReasons;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.recording.AnalysisChoice;
import org.vmtrace.recording.FileFacts;
import org.vmtrace.recording.Recording;
import org.vmtrace.recording.RecordingStream;
import org.vmtrace.recording.Recordings;
import org.vmtrace.spark.input.RingBufferSplit;

/**
 * All that there is to do: recordings, their streams, the streams' splits, in the order of the
 * result.
 *
 * @param recordings the recordings by name
 * @param rules the rules of each
 * @param streams the streams by recording
 * @param splits the splits by stream
 */
public record TracePlan(
    List<Recording> recordings,
    List<AnalysisRules> rules,
    List<PlannedStream> streams,
    List<PlannedSplit> splits) {
  /** What opening a file counts for, in bytes that could be read instead. */
  static final long OPENING_BYTES = 1 << 20;

  /** The plan for these files. */
  public static TracePlan of(List<TraceLook> looks, AnalysisChoice choice) {
    List<FileFacts> facts = looks.stream().map(TraceLook::facts).toList();
    Map<String, List<RingBufferSplit>> splitsOfFile = new HashMap<>();
    looks.forEach(look -> splitsOfFile.put(look.facts().path(), look.splits()));
    List<Recording> recordings = Recordings.group(facts);
    TracePlan plan =
        new TracePlan(recordings, rules(recordings, choice), new ArrayList<>(), new ArrayList<>());
    for (int recording = 0; recording < recordings.size(); recording++) {
      int inRecording = 0;
      for (RecordingStream stream : recordings.get(recording).streams()) {
        List<RingBufferSplit> splits =
            splitsOfFile.get(stream.path()).stream()
                .filter(split -> split.stream() == stream.facts().index())
                .toList();
        plan.add(recording, inRecording++, stream.path(), stream.facts().cpu(), splits);
      }
    }
    return plan;
  }

  private void add(
      int recording, int inRecording, String path, int cpu, List<RingBufferSplit> ofStream) {
    List<PlannedSplit> planned = new ArrayList<>();
    for (RingBufferSplit split : ofStream) {
      planned.add(new PlannedSplit(splits.size() + planned.size(), recording, inRecording, split));
    }
    splits.addAll(planned);
    streams.add(new PlannedStream(recording, inRecording, path, cpu, List.copyOf(planned)));
  }

  /** The same recordings, but only those streams and splits that some of them have. */
  public TracePlan only(IntPredicate wanted) {
    TracePlan fewer = new TracePlan(recordings, rules, new ArrayList<>(), new ArrayList<>());
    for (PlannedStream stream : streams) {
      if (wanted.test(stream.recording())) {
        fewer.add(
            stream.recording(),
            stream.inRecording(),
            stream.path(),
            stream.cpu(),
            stream.splits().stream().map(PlannedSplit::split).toList());
      }
    }
    return fewer;
  }

  /**
   * Rules by recording; one object for all recordings of the same kernel, to be sent about once.
   */
  private static List<AnalysisRules> rules(List<Recording> recordings, AnalysisChoice choice) {
    Map<ExitReasons, AnalysisRules> known = new HashMap<>();
    ArrayList<AnalysisRules> rules = new ArrayList<>();
    for (Recording recording : recordings) {
      ExitReasons reasons = recording.info().reasons();
      rules.add(known.computeIfAbsent(reasons, choice::rulesFor));
    }
    return rules;
  }

  /**
   * Packs work into tasks: neighbours as long as their splits, and the files to be opened for them,
   * stay below a limit.
   *
   * @param work what there is to do, in the order of the plan
   * @param split the split that it is about
   */
  public static <T> List<List<T>> pack(
      List<T> work, Function<T, RingBufferSplit> split, long limitBytes) {
    List<List<T>> tasks = new ArrayList<>();
    List<T> task = new ArrayList<>();
    Path file = null;
    long load = 0;
    for (T item : work) {
      FileSplit bytes = split.apply(item);
      long more = bytes.getLength() + (bytes.getPath().equals(file) ? 0 : OPENING_BYTES);
      if (!task.isEmpty() && load + more > limitBytes) {
        tasks.add(task);
        task = new ArrayList<>();
        load = 0;
      }
      task.add(item);
      load += more;
      file = bytes.getPath();
    }
    if (!task.isEmpty()) {
      tasks.add(task);
    }
    return tasks;
  }
}
