package org.vmtrace.spark.rows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.vmtrace.latency.ThreadKey;
import org.vmtrace.latency.pair.OpenExit;
import org.vmtrace.latency.pair.StreamCounts;
import org.vmtrace.latency.split.StreamEdges;
import org.vmtrace.latency.summary.RecordingInfo;
import org.vmtrace.spark.plan.SplitFacts;
import org.vmtrace.spark.plan.TracePlan;
import org.vmtrace.spark.scan.CarriedSplit;
import org.vmtrace.spark.scan.JoinedStream;
import org.vmtrace.spark.scan.MovedSet;
import org.vmtrace.spark.scan.ScanStep;

/**
 * What must be known of a recording before its rows can be read.
 *
 * @param splits its splits, with what their neighbours know
 * @param facts what is known of the rows of each
 * @param moved the threads that were seen on more than one stream; null if there are none
 * @param movedFacts what is known of their rows
 */
record ScannedRecording(
    List<CarriedSplit> splits, List<SplitFacts> facts, RowWork.Moved moved, SplitFacts movedFacts) {

  /** The recordings of a plan that was scanned, by their numbers. */
  static Map<Integer, ScannedRecording> all(TracePlan plan, ScanStep scan) throws IOException {
    List<JoinedStream> streams = scan.join();
    MovedSet moved = MovedSet.among(streams);
    Map<Integer, List<JoinedStream>> streamsOf = new HashMap<>();
    for (JoinedStream stream : streams) {
      streamsOf.computeIfAbsent(stream.stream().recording(), key -> new ArrayList<>()).add(stream);
    }
    Map<Integer, List<CarriedSplit>> splitsOf = new HashMap<>();
    for (CarriedSplit split : scan.carried(plan.streams())) {
      splitsOf.computeIfAbsent(split.planned().recording(), key -> new ArrayList<>()).add(split);
    }
    Map<Integer, ScannedRecording> all = new HashMap<>();
    for (Map.Entry<Integer, List<JoinedStream>> entry : streamsOf.entrySet()) {
      int number = entry.getKey();
      RecordingInfo info = plan.recordings().get(number).info();
      List<CarriedSplit> splits = splitsOf.getOrDefault(number, List.of());
      List<SplitFacts> facts = new ArrayList<>();
      for (CarriedSplit split : splits) {
        facts.add(facts(info, split, scan.found(split.planned()).edges()));
      }
      Set<Long> threads = moved.of(number);
      all.put(
          number,
          threads.isEmpty()
              ? new ScannedRecording(splits, facts, null, null)
              : new ScannedRecording(
                  splits,
                  facts,
                  moved(number, entry.getValue(), threads),
                  facts(info, entry.getValue(), threads)));
    }
    return all;
  }

  private static SplitFacts facts(RecordingInfo info, CarriedSplit split, StreamEdges edges) {
    StreamCounts counts = edges.counts();
    long earliestExit = counts.minTime();
    for (OpenExit open : split.carry().open().values()) {
      earliestExit = Math.min(earliestExit, open.time());
    }
    return new SplitFacts(
        info,
        Set.of(split.planned().split().cpu()),
        pids(edges.threadKeys()),
        earliestExit,
        counts.minTime(),
        counts.maxTime());
  }

  private static RowWork.Moved moved(int recording, List<JoinedStream> streams, Set<Long> threads) {
    return new RowWork.Moved(
        recording,
        streams.stream()
            .filter(stream -> !stream.stream().splits().isEmpty())
            .map(stream -> stream.stream().splits().get(0).split())
            .toList(),
        threads,
        streams.stream().allMatch(stream -> stream.counts().stepsBack() == 0));
  }

  private static SplitFacts facts(
      RecordingInfo info, List<JoinedStream> streams, Set<Long> threads) {
    Set<Integer> cpus = new TreeSet<>();
    long earliest = Long.MAX_VALUE;
    long latest = Long.MIN_VALUE;
    for (JoinedStream stream : streams) {
      cpus.add(stream.stream().cpu());
      earliest = Math.min(earliest, stream.counts().minTime());
      latest = Math.max(latest, stream.counts().maxTime());
    }
    return new SplitFacts(info, cpus, pids(threads), earliest, earliest, latest);
  }

  private static Set<Integer> pids(Set<Long> keys) {
    Set<Integer> pids = new TreeSet<>();
    keys.forEach(key -> pids.add(ThreadKey.pid(key)));
    return pids;
  }
}
