package org.vmtrace.recording;

import java.io.Closeable;
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
import org.vmtrace.latency.summary.Summary.MovedRow;
import org.vmtrace.latency.summary.SummaryBuilder;
import org.vmtrace.latency.tally.ThreadTally;

/**
 * The local analysis of one recording: its streams, then the threads that moved between them. Its
 * files are open from {@link #open} on.
 */
final class RecordingAnalysis implements Closeable {
  /** A stream of the recording; one of scan and result is null. */
  private record Stream(String path, SplitPool.Scan scan, StreamResult known) {
    StreamResult result() throws IOException {
      return known == null ? scan.result() : known;
    }
  }

  private final Recording recording;
  private final OpenOptions options;
  private final AnalysisRules rules;
  private final SplitPool pool;
  private final KnownStreams known;
  private final Map<String, Path> paths;
  private final Map<String, TraceFile> files = new HashMap<>();
  private final List<MergedStreams.Source> sources = new ArrayList<>();
  private final List<Stream> streams = new ArrayList<>();

  /**
   * An analysis.
   *
   * @param paths leads from the names of files to them
   */
  RecordingAnalysis(
      Recording recording,
      Map<String, Path> paths,
      OpenOptions options,
      AnalysisChoice choice,
      SplitPool pool,
      KnownStreams known) {
    this.recording = recording;
    this.paths = paths;
    this.options = options;
    this.rules = choice.rulesFor(recording.info().reasons());
    this.pool = pool;
    this.known = known;
  }

  /** The files. */
  List<Path> paths() {
    return recording.info().paths().stream().map(paths::get).toList();
  }

  /**
   * Opens the files.
   *
   * @throws IOException if one cannot be read any more, or has changed
   */
  void open() throws IOException {
    for (RecordingStream stream : recording.streams()) {
      TraceFile file = files.get(stream.path());
      if (file == null) {
        file = TraceFiles.open(paths.get(stream.path()), options);
        files.put(stream.path(), file);
      }
      sources.add(new MergedStreams.Source(file, stream.in(file)));
    }
  }

  /** Hands the splits of the open files to the pool. */
  void begin() throws IOException {
    for (int i = 0; i < sources.size(); i++) {
      String path = recording.streams().get(i).path();
      MergedStreams.Source source = sources.get(i);
      StreamResult result = known.result(path, source.stream());
      SplitPool.Scan scan =
          result == null ? pool.begin(source.file(), source.stream(), rules) : null;
      streams.add(new Stream(path, scan, result));
    }
  }

  /** Whether nothing of it is on the way any more. */
  boolean isScanned() {
    return streams.stream().allMatch(stream -> stream.scan() == null || stream.scan().isJoined());
  }

  /** Waits for what is on the way, analyses the threads that moved, and adds it all. */
  void addTo(SummaryBuilder summary) throws IOException {
    RecordingInfo info = recording.info();
    summary.addRecording(info);
    recording.kernelStats().forEach(summary::addKernelStats);
    recording.warnings().forEach(summary::addWarning);
    List<StreamResult> results = new ArrayList<>();
    for (Stream stream : streams) {
      StreamResult result = stream.result();
      results.add(result);
      summary.addStream(info.name(), stream.path(), result.counts());
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
        new MovedRow(info.name(), pid, info.comm(pid), List.copyOf(result.tally().cpus())));
    MovedKeys.clockWarning(info).ifPresent(summary::addWarning);
  }

  @Override
  public void close() throws IOException {
    for (TraceFile file : files.values()) {
      file.close();
    }
  }
}
