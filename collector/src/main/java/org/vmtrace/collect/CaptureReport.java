package org.vmtrace.collect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.vmtrace.cli.ExitCodes;
import org.vmtrace.cli.Verdict;
import org.vmtrace.collect.capture.CaptureResult;
import org.vmtrace.collect.capture.CaptureSession;
import org.vmtrace.collect.capture.CaptureSettings;
import org.vmtrace.collect.capture.RecordedCpu;
import org.vmtrace.collect.console.LineOutput;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.latency.split.StreamResult;
import org.vmtrace.latency.summary.Summary;
import org.vmtrace.recording.BadFiles;
import org.vmtrace.recording.KnownStreams;
import org.vmtrace.recording.LocalAnalysis;
import org.vmtrace.report.SummaryJson;
import org.vmtrace.report.SummaryText;

/** The results of a capture: one file if it was asked for, and the summary. */
final class CaptureReport {
  private final CaptureSettings settings;
  private final CaptureSession session;
  private final CaptureResult result;
  private final CaptureCommand.Manner manner;
  private final EarlyEnd end;
  private final Consumer<String> tell;
  private List<Path> paths;

  /**
   * The results of a session that has ended well.
   *
   * @param end is told when a signal must be waited for, and when not any more
   * @param tell takes one line for the user
   */
  CaptureReport(
      CaptureSettings settings,
      CaptureSession session,
      CaptureResult result,
      CaptureCommand.Manner manner,
      EarlyEnd end,
      Consumer<String> tell) {
    this.settings = settings;
    this.session = session;
    this.result = result;
    this.manner = manner;
    this.end = end;
    this.tell = tell;
    this.paths = result.cpus().stream().map(RecordedCpu::path).toList();
  }

  /**
   * Makes one file of several if that was asked for; if it fails, tells why, and they stay.
   *
   * @return one of {@link ExitCodes}
   */
  int merge() {
    if (!settings.merge() || paths.size() == 1) {
      return ExitCodes.DONE;
    }
    end.holdSignals(() -> {});
    try {
      session.merge();
      paths = List.of(settings.output());
      return ExitCodes.DONE;
    } catch (IOException e) {
      tell.accept(e.getMessage());
      return ExitCodes.FAILED;
    } finally {
      end.releaseSignals();
    }
  }

  /**
   * Merges as {@link #merge} does, and prints the summary, of several CPUs also each one's own.
   *
   * @return one of {@link ExitCodes}
   * @throws IOException if the analysis failed, or printing fails
   */
  int print(LineOutput out) throws IOException {
    Map<Integer, StreamResult> known;
    List<Summary> single;
    int merged;
    try {
      known = session.analysis();
      single = alone(known);
    } finally {
      // Also if the analysis failed.
      merged = merge();
    }
    Summary summary = analyse(known, paths);
    if (manner.json()) {
      out.bytes(SummaryJson.bytes(summary));
    } else {
      out.escaped(SummaryText.of(summary, FileReport.REST));
      for (int i = 0; i < single.size(); i++) {
        int cpu = result.cpus().get(i).cpu();
        out.newLine().text("== CPU ").number(cpu).text(" alone ==").newLine();
        long moved =
            summary.movedThreads().stream().filter(row -> row.cpus().contains(cpu)).count();
        if (moved > 0) {
          out.text("Threads that also ran on other traced CPUs: ").number(moved);
          out.text("; that they were away looks like a long latency here, not above").newLine();
        }
        out.newLine().escaped(SummaryText.of(single.get(i), FileReport.REST));
      }
    }
    Verdict verdict = Verdict.of(summary, manner.strict());
    verdict.complaint().ifPresent(tell);
    return CaptureCommand.worse(merged, verdict.exitCode());
  }

  /** Each CPU's own summary, before the files are merged; none of one CPU, and none for JSON. */
  private List<Summary> alone(Map<Integer, StreamResult> known) throws IOException {
    List<Summary> single = new ArrayList<>();
    if (paths.size() > 1 && !manner.json()) {
      for (Path path : paths) {
        single.add(analyse(known, List.of(path)));
      }
    }
    return single;
  }

  /**
   * The summary of some of the files, whose streams have been analysed while they were recorded.
   */
  private Summary analyse(Map<Integer, StreamResult> known, List<Path> files) throws IOException {
    OpenOptions open = OpenOptions.defaults().withPair(settings.pair());
    if (settings.originalFormat()) {
      open = open.withFormats(result.formats());
    }
    return new LocalAnalysis(open, settings.choice(), BadFiles.FAIL, 1, LocalAnalysis.Progress.NONE)
        // The original's files do not tell the CPU; theirs are analysed once more.
        .analyse(
            files,
            settings.originalFormat()
                ? KnownStreams.NONE
                : (path, stream) -> known.get(stream.cpu()));
  }
}
