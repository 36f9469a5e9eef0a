package org.vmtrace.collect;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.vmtrace.cli.AnalysisOptions;
import org.vmtrace.cli.ExitCodes;
import org.vmtrace.cli.InputOptions;
import org.vmtrace.cli.Options;
import org.vmtrace.cli.Program;
import org.vmtrace.cli.VersionProvider;
import org.vmtrace.event.EventPair;
import org.vmtrace.file.TraceDat6Repair;
import org.vmtrace.report.Printable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

/** The command vm-trace-collect: its options, and which job they ask for. */
public final class VmTraceCollect implements Callable<Integer> {
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
    "  vm-trace-collect -f traces/ --json        all traces of a folder, for programs",
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

  private static final Path ROOT = Path.of("/");

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
                  + " pages with --event-formats; of a folder all traces in it.",
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

  private final CommandSpec command = CommandSpec.wrapWithoutInspection(this);
  private final CaptureOptions capture = new CaptureOptions(command);
  private final AnalysisOptions analysis;
  private final InputOptions input;

  private final OutputStream standardOutput;
  private final EarlyEnd end;

  /** A command that writes its results to that stream. */
  VmTraceCollect(OutputStream standardOutput) {
    this(standardOutput, new EarlyEnd());
  }

  private VmTraceCollect(OutputStream standardOutput, EarlyEnd end) {
    this.standardOutput = standardOutput;
    this.end = end;
    command
        .name("vm-trace-collect")
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

  /** The command with its options, for {@link Program#of}. */
  CommandSpec command() {
    return command;
  }

  @Override
  public Integer call() throws Exception {
    boolean analyse = !paths(files).isEmpty();
    boolean check = !paths(checked).isEmpty();
    boolean showGuests = Options.isGiven(list);
    if (!analyse && !check && !paths(moreFiles).isEmpty()) {
      Path first = paths(moreFiles).get(0);
      throw wrong("what is " + first + "? A trace to analyse is given with -f FILE");
    }
    int jobs = (analyse ? 1 : 0) + (check ? 1 : 0) + (showGuests ? 1 : 0);
    jobs += (repair.getValue() == null ? 0 : 1) + (capture.isAsked() ? 1 : 0);
    if (jobs == 0) {
      throw wrong("nothing to do: capture a CPU with -p CPU, or give a trace with -f FILE");
    }
    if (jobs > 1) {
      throw wrong("-p, -f, --check, --list and --repair are different jobs: give one of them");
    }
    try {
      LineOutput out = new LineOutput(standardOutput);
      if (showGuests) {
        return list(out);
      }
      if (repair.getValue() != null) {
        return repair(repair.getValue());
      }
      if (check) {
        return check(out);
      }
      return capture.isAsked() ? capture(out) : analyse(out);
    } catch (StandardOutput.ReaderGoneException e) {
      return ExitCodes.DONE;
    }
  }

  private int list(LineOutput out) throws IOException {
    HostCpus host = new HostCpus(ROOT);
    List<GuestThread> threads = GuestThreads.find(ROOT, host);
    for (String line : GuestList.lines(threads, host)) {
      out.text(line).newLine();
    }
    out.flush();
    if (threads.isEmpty()) {
      tell("no KVM guest runs on this host, as far as this user may see");
    }
    return ExitCodes.DONE;
  }

  private int repair(Path file) throws IOException {
    long pages = TraceDat6Repair.repair(file);
    tell(
        pages < 0
            ? file + " is complete, nothing to repair"
            : "repaired " + file + ": " + pages + " pages");
    return ExitCodes.DONE;
  }

  private int capture(LineOutput out) throws IOException {
    EventPair pair = input.toOpenOptions().pair();
    return new CaptureCommand(
            capture,
            pair,
            analysis.toChoice(),
            new CaptureCommand.Manner(
                Options.isGiven(quiet),
                Options.isGiven(verbose),
                Options.isGiven(json),
                analysis.isStrict()),
            new VersionProvider(command).getVersion()[0],
            end,
            sentence -> tell(Printable.text(sentence)))
        .run(out);
  }

  private int analyse(LineOutput out) throws IOException {
    int workers = threads.getValue();
    if (workers < 1) {
      throw wrong("--threads must be 1 or more, not " + workers);
    }
    FileReport report =
        new FileReport(
            input.toOpenOptions(),
            analysis.toChoice(),
            input.badFiles(),
            workers,
            analysis.isStrict(),
            this::tell);
    return report.print(withMore(files), form(), out);
  }

  private int check(LineOutput out) throws IOException {
    List<Path> all = withMore(checked);
    CheckCommand check = new CheckCommand(input.toOpenOptions(), this::tell);
    return Options.isGiven(json) ? check.printJson(all, out) : check.printText(all, out);
  }

  private static List<Path> paths(ArgSpec argument) {
    return argument.getValue();
  }

  /** The files of an option and those that follow without one: {@code -f *.dat}. */
  private List<Path> withMore(OptionSpec option) {
    List<Path> all = new ArrayList<>(paths(option));
    all.addAll(paths(moreFiles));
    return all;
  }

  private void tell(String sentence) {
    Program.tell(command.commandLine(), sentence);
  }

  private FileReport.Form form() {
    if (Options.isGiven(json)) {
      return FileReport.Form.JSON;
    }
    return Options.isGiven(verbose) ? FileReport.Form.EVENTS : FileReport.Form.TEXT;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  /** Runs the command and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    EarlyEnd end = new EarlyEnd();
    end.install();
    VmTraceCollect collect = new VmTraceCollect(new StandardOutput(), end);
    int code = Program.run(Program.of(collect.command()), arguments);
    end.finished(code);
    System.exit(code);
  }
}
