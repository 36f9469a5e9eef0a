package org.vmtrace.collect.capture;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.vmtrace.file.TraceMetadata;

/**
 * What goes on beside a recording: the analysis of the pages that arrive, and the line that tells
 * how it goes. The recording waits for neither.
 */
final class RecordingWatch {
  private final CaptureSettings settings;
  private final CaptureFiles files;
  private final PrintStream terminal;
  private final Runnable moveToHelpers;
  private final LiveAnalysis analysis;
  private StatusLine status;

  /**
   * Begins to watch.
   *
   * @param files open
   * @param terminal where to show how it goes; null for nowhere
   * @param stop is told of a latency that ends the recording
   * @param moveToHelpers is run by every thread that this starts
   */
  RecordingWatch(
      CaptureSettings settings,
      CaptureFiles files,
      RecordingFormat format,
      PrintStream terminal,
      StopRequest stop,
      Runnable moveToHelpers) {
    this.settings = settings;
    this.files = files;
    this.terminal = terminal;
    this.moveToHelpers = moveToHelpers;
    this.analysis = settings.analyse() ? analysis(format, stop) : null;
  }

  private LiveAnalysis analysis(RecordingFormat format, StopRequest stop) {
    List<LiveAnalysis.Source> sources = new ArrayList<>();
    for (CpuCapture cpu : files.cpus()) {
      sources.add(
          new LiveAnalysis.Source(cpu.cpu(), cpu.input(), cpu.offset(), cpu.mover()::fileBytes));
    }
    return new LiveAnalysis(
        sources,
        format.schema(),
        format.layout(),
        settings.choice().rulesFor(format.schema().reasons()),
        latencyAlarm(stop),
        () -> analysisFailed(stop),
        moveToHelpers);
  }

  /** Without it nobody would ever see the latency that is waited for. */
  private void analysisFailed(StopRequest stop) {
    if (settings.untilLatency() > 0) {
      stop.because(StopReason.NO_ANALYSIS);
    }
  }

  private LongConsumer latencyAlarm(StopRequest stop) {
    if (settings.untilLatency() == 0) {
      return longest -> {};
    }
    return new LatencyAlarm(
            settings.untilLatency(),
            settings.traced().cardinality(),
            System::nanoTime,
            () -> stop.because(StopReason.LATENCY))
        ::look;
  }

  /** The analysis; null if there is none. */
  LiveAnalysis analysis() {
    return analysis;
  }

  /** There is more in the files. Returns at once. */
  void moved() {
    if (analysis != null) {
      analysis.wake();
    }
  }

  /** The recording has begun. */
  void started() {
    if (terminal == null) {
      return;
    }
    long startNs = System.nanoTime();
    status =
        new StatusLine(
            terminal,
            () ->
                new StatusLine.Progress(
                    System.nanoTime() - startNs,
                    files.bytes(),
                    analysis == null ? null : analysis.numbers()),
            settings.durationNs(),
            TraceMetadata.countsNs(settings.clock()),
            System::nanoTime,
            moveToHelpers);
  }

  /** The recording has ended; the analysis goes on until it has caught up. */
  void ended() {
    if (analysis != null) {
      analysis.end();
    }
    if (status != null) {
      status.close();
    }
  }
}
