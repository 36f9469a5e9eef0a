package org.vmtrace.collect;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.vmtrace.cli.ExitCodes;
import org.vmtrace.cli.Verdict;
import org.vmtrace.collect.console.LineOutput;
import org.vmtrace.collect.console.ProgressLine;
import org.vmtrace.collect.listing.EventListing;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.latency.summary.Summary;
import org.vmtrace.latency.summary.Summary.SkippedFile;
import org.vmtrace.recording.AnalysisChoice;
import org.vmtrace.recording.BadFiles;
import org.vmtrace.recording.FullPath;
import org.vmtrace.recording.LocalAnalysis;
import org.vmtrace.report.SummaryJson;
import org.vmtrace.report.SummaryText;

/** What {@code -f} does: analyses files and prints what they hold. */
final class FileReport {
  /** What is printed. */
  enum Form {
    /** The summary for people. */
    TEXT,
    /** Every event, then the summary for people. */
    EVENTS,
    /** The summary for programs, alone. */
    JSON
  }

  /** Where a summary for people is complete. */
  static final String REST = "-f FILE --json shows all";

  private final OpenOptions options;
  private final AnalysisChoice choice;
  private final BadFiles badFiles;
  private final int threads;
  private final boolean strict;
  private final PrintStream terminal;
  private final Consumer<String> complain;

  /**
   * A report.
   *
   * @param options how to read the files
   * @param choice what to compute
   * @param badFiles what becomes of files that cannot be read
   * @param threads how many threads may work
   * @param strict whether lost events make the input incomplete
   * @param terminal where progress is shown; null for nowhere
   * @param complain takes one line for each thing that is wrong with the input
   */
  FileReport(
      OpenOptions options,
      AnalysisChoice choice,
      BadFiles badFiles,
      int threads,
      boolean strict,
      PrintStream terminal,
      Consumer<String> complain) {
    this.options = options;
    this.choice = choice;
    this.badFiles = badFiles;
    this.threads = threads;
    this.strict = strict;
    this.terminal = terminal;
    this.complain = complain;
  }

  /**
   * Analyses and prints.
   *
   * @param arguments files and folders
   * @return one of {@link ExitCodes}
   * @throws IOException if there is nothing to analyse or reading fails
   */
  int print(List<Path> arguments, Form form, LineOutput out) throws IOException {
    TraceArguments traces = new TraceArguments(options, badFiles);
    for (Path argument : arguments) {
      traces.add(argument);
    }
    Summary summary = analyse(traces);
    switch (form) {
      case JSON -> out.bytes(SummaryJson.bytes(summary));
      case TEXT -> out.escaped(SummaryText.of(summary, REST));
      case EVENTS -> {
        new EventListing(options, summary, out).print(readable(traces.files(), summary));
        out.newLine();
        out.escaped(SummaryText.of(summary, REST));
      }
    }
    out.flush();
    Verdict verdict = Verdict.of(summary, strict);
    verdict.complaint().ifPresent(complain);
    return verdict.exitCode();
  }

  private static List<Path> readable(List<Path> files, Summary summary) {
    Set<String> skipped =
        summary.skippedFiles().stream().map(SkippedFile::path).collect(Collectors.toSet());
    return files.stream().filter(file -> !skipped.contains(FullPath.of(file).toString())).toList();
  }

  private Summary analyse(TraceArguments traces) throws IOException {
    BadFiles unreadable = traces.badFiles();
    long bytes = traces.files().stream().mapToLong(file -> file.toFile().length()).sum();
    try (ProgressLine progress = new ProgressLine(terminal, bytes)) {
      return new LocalAnalysis(options, choice, unreadable, threads, progress)
          .analyse(traces.files());
    }
  }
}
