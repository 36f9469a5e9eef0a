package org.vmtrace.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.file.TraceFile;
import org.vmtrace.file.container.TraceFiles;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.latency.ThreadKey;
import org.vmtrace.latency.split.StreamResult;
import org.vmtrace.latency.split.ThreadResult;
import org.vmtrace.latency.summary.RecordingInfo;
import org.vmtrace.latency.summary.Summary.MovedThread;
import org.vmtrace.latency.summary.SummaryBuilder;
import org.vmtrace.latency.tally.ThreadTally;

/**
 * The local analysis of one recording: its streams one after the other, then the threads that moved
 * between them.
 */
final class RecordingAnalysis {
  private final Recording recording;
  private final OpenOptions options;
  private final AnalysisRules rules;
  private final SplitPool pool;
  private final KnownStreams known;

  RecordingAnalysis(
      Recording recording,
      OpenOptions options,
      AnalysisChoice choice,
      SplitPool pool,
      KnownStreams known) {
    this.recording = recording;
    this.options = options;
    this.rules = choice.rulesFor(recording.info().reasons());
    this.pool = pool;
    this.known = known;
  }

  void addTo(SummaryBuilder summary) throws IOException {
    RecordingInfo info = recording.info();
    summary.addRecording(info);
    recording.kernelStats().forEach(summary::addKernelStats);
    recording.warnings().forEach(summary::addWarning);
    Map<String, TraceFile> files = new HashMap<>();
    try {
      List<MergedStreams.Source> sources = new ArrayList<>();
      for (RecordingStream stream : recording.streams()) {
        TraceFile file = files.get(stream.path());
        if (file == null) {
          file = TraceFiles.open(Path.of(stream.path()), options);
          files.put(stream.path(), file);
        }
        sources.add(new MergedStreams.Source(file, stream.in(file)));
      }
      analyse(sources, summary);
    } finally {
      for (TraceFile file : files.values()) {
        file.close();
      }
    }
  }

  private void analyse(List<MergedStreams.Source> sources, SummaryBuilder summary)
      throws IOException {
    RecordingInfo info = recording.info();
    List<StreamResult> results = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      MergedStreams.Source source = sources.get(i);
      String path = recording.streams().get(i).path();
      StreamResult result = known.result(path, source.stream());
      if (result == null) {
        result = pool.scan(source.file(), source.stream(), rules);
      }
      results.add(result);
      summary.addStream(info.name(), path, result.counts());
    }
    Set<Long> moved =
        MovedKeys.of(results.stream().map(result -> result.peaks().keySet()).toList());
    for (StreamResult result : results) {
      for (ThreadTally tally : result.tallies().threads()) {
        if (!moved.contains(tally.key())) {
          summary.addThread(info, new ThreadResult(tally, result.peaks().get(tally.key())));
        }
      }
    }
    if (!moved.isEmpty()) {
      boolean steady = results.stream().allMatch(result -> result.counts().stepsBack() == 0);
      MovedThreads threads = new MovedThreads(rules, moved, sources, steady);
      threads.analyse().forEach((key, result) -> addMoved(summary, key, result));
    }
  }

  private void addMoved(SummaryBuilder summary, long key, ThreadResult result) {
    RecordingInfo info = recording.info();
    summary.addThread(info, result);
    int pid = ThreadKey.pid(key);
    summary.addMovedThread(
        new MovedThread(info.name(), pid, info.comm(pid), List.copyOf(result.tally().cpus())));
    MovedKeys.clockWarning(info).ifPresent(summary::addWarning);
  }
}
