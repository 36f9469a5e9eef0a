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
import org.vmtrace.cli.Program;
import org.vmtrace.cli.VersionProvider;
import org.vmtrace.event.EventPair;
import org.vmtrace.file.TraceDat6Repair;
import org.vmtrace.report.Printable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command vm-trace-collect: its options, and which job they ask for. */
@Command(
    name = "vm-trace-collect",
    description = "Measures how long virtual machines are kept from running.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    synopsisHeading = "Usage: ",
    customSynopsis = {
      "vm-trace-collect -p CPUS [-c CPU] [-s DURATION] [-o FILE] [OPTIONS]",
      "       vm-trace-collect -f FILE... [-v | --json] [OPTIONS]",
      "       vm-trace-collect --check FILE... [--json] [OPTIONS]",
      "       vm-trace-collect --list | --repair FILE"
    },
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
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
    })
public final class VmTraceCollect implements Callable<Integer> {
  private static final Path ROOT = Path.of("/");

  @Mixin private CaptureOptions capture;

  @Option(names = "--list", description = "Show the vCPU threads of this host: what runs where.")
  private boolean list;

  @Option(
      names = "--repair",
      paramLabel = "FILE",
      description =
          "Complete a trace.bin whose collector was killed, so that trace-cmd reads it, too.")
  private Path repair;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description =
          "Analyse these traces: trace.dat files, files of the original vm-trace, bare ring-buffer"
              + " pages with --event-formats; of a folder all traces in it.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--check",
      paramLabel = "FILE",
      description =
          "Walk these traces and tell what is wrong with them: lost events, damaged pages, missing"
              + " parts, time that steps back, long times without an event. Ends with 0 only if all"
              + " is well.")
  private List<Path> checked = new ArrayList<>();

  @Parameters(paramLabel = "FILE", hidden = true)
  private List<Path> moreFiles = new ArrayList<>();

  @Option(
      names = {"-v", "--verbose"},
      description =
          "With -f: print every event, one a line, before the summary. With -p: say what is set"
              + " up.")
  private boolean verbose;

  @Option(
      names = {"-q", "--quiet"},
      description = "Say nothing but errors, losses and the summary.")
  private boolean quiet;

  @Option(
      names = "--json",
      description = "Print the summary as JSON and nothing else; of several CPUs the total.")
  private boolean json;

  @Mixin private AnalysisOptions analysis;

  @Mixin private InputOptions input;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many threads analyse files (default: one per CPU).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Spec private CommandSpec command;

  private final OutputStream standardOutput;
  private final EarlyEnd end;

  /** A command that writes its results to that stream. */
  VmTraceCollect(OutputStream standardOutput) {
    this(standardOutput, new EarlyEnd());
  }

  private VmTraceCollect(OutputStream standardOutput, EarlyEnd end) {
    this.standardOutput = standardOutput;
    this.end = end;
  }

  @Override
  public Integer call() throws Exception {
    if (files.isEmpty() && checked.isEmpty() && !moreFiles.isEmpty()) {
      throw wrong("what is " + moreFiles.get(0) + "? A trace to analyse is given with -f FILE");
    }
    int jobs = (files.isEmpty() ? 0 : 1) + (checked.isEmpty() ? 0 : 1) + (list ? 1 : 0);
    jobs += (repair == null ? 0 : 1) + (capture.isAsked() ? 1 : 0);
    if (jobs == 0) {
      throw wrong("nothing to do: capture a CPU with -p CPU, or give a trace with -f FILE");
    }
    if (jobs > 1) {
      throw wrong("-p, -f, --check, --list and --repair are different jobs: give one of them");
    }
    try {
      LineOutput out = new LineOutput(standardOutput);
      if (list) {
        return list(out);
      }
      if (repair != null) {
        return repair();
      }
      if (!checked.isEmpty()) {
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

  private int repair() throws IOException {
    long pages = TraceDat6Repair.repair(repair);
    tell(
        pages < 0
            ? repair + " is complete, nothing to repair"
            : "repaired " + repair + ": " + pages + " pages");
    return ExitCodes.DONE;
  }

  private int capture(LineOutput out) throws IOException {
    EventPair pair = input.toOpenOptions().pair();
    String[] version;
    try {
      version = command.versionProvider().getVersion();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return new CaptureCommand(
            capture,
            pair,
            analysis.toChoice(),
            new CaptureCommand.Manner(quiet, verbose, json, analysis.isStrict()),
            version[0],
            end,
            sentence -> tell(Printable.text(sentence)))
        .run(out);
  }

  private int analyse(LineOutput out) throws IOException {
    files.addAll(moreFiles);
    if (threads < 1) {
      throw wrong("--threads must be 1 or more, not " + threads);
    }
    FileReport report =
        new FileReport(
            input.toOpenOptions(),
            analysis.toChoice(),
            input.badFiles(),
            threads,
            analysis.isStrict(),
            this::tell);
    return report.print(files, form(), out);
  }

  private int check(LineOutput out) throws IOException {
    checked.addAll(moreFiles);
    CheckCommand check = new CheckCommand(input.toOpenOptions(), this::tell);
    return json ? check.printJson(checked, out) : check.printText(checked, out);
  }

  private void tell(String sentence) {
    Program.tell(command.commandLine(), sentence);
  }

  private FileReport.Form form() {
    if (json) {
      return FileReport.Form.JSON;
    }
    return verbose ? FileReport.Form.EVENTS : FileReport.Form.TEXT;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  /** Runs the command and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    EarlyEnd end = new EarlyEnd();
    end.install();
    int code = Program.run(new VmTraceCollect(new StandardOutput(), end), arguments);
    end.finished(code);
    System.exit(code);
  }
}
