package org.vmtrace.collect;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.vmtrace.cli.AnalysisOptions;
import org.vmtrace.cli.InputOptions;
import org.vmtrace.cli.Options;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The command line of vm-trace-collect: all its options and its help. */
final class CollectOptions {
  /** What the program can be asked to do; one at a time. */
  enum Job {
    CAPTURE,
    ANALYSE,
    CHECK,
    LIST,
    REPAIR
  }

  private static final String[] SYNOPSIS = {
    "vm-trace-collect -p CPUS [-c CPU] [-s DURATION] [-o FILE] [OPTIONS]",
    "       vm-trace-collect -f FILE... [-v | --json] [OPTIONS]",
    "       vm-trace-collect --check FILE... [--json] [OPTIONS]",
    "       vm-trace-collect --list | --repair FILE"
  };

  private static final String[] FOOTER = {
    "  vm-trace-collect --list                   what runs where: choose CPUs",
    "  vm-trace-collect -p 5 -c 2 -s 10          capture CPU 5 for 10 s, then the summary",
    "  vm-trace-collect -p 5 --until-latency 1ms wait for a latency of 1 ms, keep what led to it",
    "  vm-trace-collect -f trace.bin             the summary of a trace",
    "  vm-trace-collect -f trace.bin -v          every event, then the summary",
    "  vm-trace-collect -f traces/ --json        all traces below a folder, for programs",
    "  vm-trace-collect -f trace.dat --window 100us --exclude-reason HLT",
    "  vm-trace-collect --check trace.dat        is it whole: losses, damage, time, gaps",
    "",
    "Exit codes: 0 done, also when Ctrl-C or SIGTERM ended a capture; 1 it failed; 2 wrong"
        + " usage;",
    "3 done, but the input was damaged, a capture ended early (disk full, tracing switched off)"
        + " or,",
    "with --strict, events were lost; of --check: something is wrong with a file, lost events"
        + " included."
  };

  private final OptionSpec list =
      Options.flag("Show the vCPU threads of this host: what runs where.", "--list");

  private final OptionSpec repair =
      Options.value(
              Path.class,
              "FILE",
              "Complete a trace.bin whose collector was killed, so that trace-cmd reads it, too.",
              "--repair")
          .build();

  private final OptionSpec files =
      Options.value(
              List.class,
              "FILE",
              "Analyse these traces: trace.dat files, files of the original vm-trace, bare ring-buffer"
                  + " pages with --event-formats; of a folder all traces below it.",
              "-f",
              "--file")
          .auxiliaryTypes(Path.class)
          .initialValue(new ArrayList<>())
          .build();

  private final OptionSpec checked =
      Options.value(
              List.class,
              "FILE",
              "Walk these traces and tell what is wrong with them: lost events, damaged pages, missing"
                  + " parts, time that steps back, long times without an event. Ends with 0 only if all"
                  + " is well.",
              "--check")
          .auxiliaryTypes(Path.class)
          .initialValue(new ArrayList<>())
          .build();

  private final OptionSpec verbose =
      Options.flag(
          "With -f: print every event, one a line, before the summary. With -p: say what is set"
              + " up.",
          "-v",
          "--verbose");

  private final OptionSpec quiet =
      Options.flag("Say nothing but errors, losses and the summary.", "-q", "--quiet");

  private final OptionSpec json =
      Options.flag(
          "Print the summary as JSON and nothing else; of several CPUs the total.", "--json");

  private final OptionSpec threads =
      Options.value(
              int.class, "N", "How many threads analyse files (default: one per CPU).", "--threads")
          .initialValue(Runtime.getRuntime().availableProcessors())
          .build();

  private final PositionalParamSpec moreFiles =
      PositionalParamSpec.builder()
          .type(List.class)
          .auxiliaryTypes(Path.class)
          .arity("0..*")
          .paramLabel("FILE")
          .hidden(true)
          .initialValue(new ArrayList<>())
          .build();

  private final CaptureOptions capture;
  private final AnalysisOptions analysis;
  private final InputOptions input;

  /** Adds the options to the command, in the order of its help. */
  CollectOptions(CommandSpec command) {
    command.name("vm-trace-collect");
    capture = new CaptureOptions(command);
    command
        .addOption(list)
        .addOption(repair)
        .addOption(files)
        .addOption(checked)
        .addPositional(moreFiles)
        .addOption(verbose)
        .addOption(quiet)
        .addOption(json);
    analysis = new AnalysisOptions(command);
    input = new InputOptions(command);
    command.addOption(threads);
    command
        .usageMessage()
        .description("Measures how long virtual machines are kept from running.")
        .synopsisHeading("Usage: ")
        .customSynopsis(SYNOPSIS)
        .descriptionHeading("%n")
        .optionListHeading("%nOptions:%n")
        .footerHeading("%nExamples:%n")
        .footer(FOOTER);
  }

  /** What to capture. */
  CaptureOptions capture() {
    return capture;
  }

  /** What to compute. */
  AnalysisOptions analysis() {
    return analysis;
  }

  /** How to read files. */
  InputOptions input() {
    return input;
  }

  /** What is asked for, in the order of {@link Job}. */
  Set<Job> jobs() {
    Set<Job> jobs = EnumSet.noneOf(Job.class);
    add(jobs, Job.CAPTURE, capture.isAsked());
    add(jobs, Job.ANALYSE, !paths(files).isEmpty());
    add(jobs, Job.CHECK, !paths(checked).isEmpty());
    add(jobs, Job.LIST, Options.isGiven(list));
    add(jobs, Job.REPAIR, toRepair() != null);
    return jobs;
  }

  private static void add(Set<Job> jobs, Job job, boolean isAsked) {
    if (isAsked) {
      jobs.add(job);
    }
  }

  /** The file to complete; null if there is none. */
  Path toRepair() {
    return repair.getValue();
  }

  /** The files to analyse. */
  List<Path> toAnalyse() {
    return withMore(files);
  }

  /** The files to check. */
  List<Path> toCheck() {
    return withMore(checked);
  }

  /** Files that were named without an option: {@code -f *.dat}. */
  List<Path> moreFiles() {
    return paths(moreFiles);
  }

  /** Whether to tell more. */
  boolean isVerbose() {
    return Options.isGiven(verbose);
  }

  /** Whether to tell less. */
  boolean isQuiet() {
    return Options.isGiven(quiet);
  }

  /** Whether the results are for programs. */
  boolean isJson() {
    return Options.isGiven(json);
  }

  /** How many threads may analyse files, as it was given. */
  int threads() {
    return threads.getValue();
  }

  private List<Path> withMore(OptionSpec option) {
    List<Path> all = new ArrayList<>(paths(option));
    all.addAll(moreFiles());
    return all;
  }

  private static List<Path> paths(ArgSpec argument) {
    return argument.getValue();
  }
}
