package org.vmtrace.collect;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.vmtrace.cli.ExitCodes;
import org.vmtrace.cli.Program;
import org.vmtrace.cli.VersionProvider;
import org.vmtrace.collect.CollectOptions.Job;
import org.vmtrace.collect.console.LineOutput;
import org.vmtrace.collect.console.ProgressLine;
import org.vmtrace.collect.console.StandardOutput;
import org.vmtrace.collect.host.GuestList;
import org.vmtrace.collect.host.GuestThread;
import org.vmtrace.collect.host.GuestThreads;
import org.vmtrace.collect.host.HostCpus;
import org.vmtrace.event.EventPair;
import org.vmtrace.file.write.TraceDat6Repair;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The command vm-trace-collect: its options, and which job they ask for. */
public final class VmTraceCollect implements Callable<Integer> {
  private static final Path ROOT = Path.of("/");

  private final CommandSpec command = CommandSpec.wrapWithoutInspection(this);
  private final CollectOptions options = new CollectOptions(command);
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

  /** The command with its options, for {@link Program#of}. */
  CommandSpec command() {
    return command;
  }

  @Override
  public Integer call() throws Exception {
    Job job = job();
    refuseWhatWouldBeIgnored(job);
    try {
      LineOutput out = new LineOutput(standardOutput);
      return switch (job) {
        case CAPTURE -> capture(out);
        case ANALYSE -> analyse(out);
        case CHECK -> check(out);
        case LIST -> list(out);
        case REPAIR -> repair(options.toRepair());
      };
    } catch (StandardOutput.ReaderGoneException e) {
      return ExitCodes.DONE;
    }
  }

  /** The one job that is asked for. */
  private Job job() {
    Set<Job> jobs = options.jobs();
    if (!jobs.contains(Job.ANALYSE)
        && !jobs.contains(Job.CHECK)
        && !options.moreFiles().isEmpty()) {
      Path first = options.moreFiles().get(0);
      throw wrong("what is " + first + "? A trace to analyse is given with -f FILE");
    }
    if (jobs.isEmpty()) {
      throw wrong("nothing to do: capture a CPU with -p CPU, or give a trace with -f FILE");
    }
    if (jobs.size() > 1) {
      throw wrong("-p, -f, --check, --list and --repair are different jobs: give one of them");
    }
    return jobs.iterator().next();
  }

  private void refuseWhatWouldBeIgnored(Job job) {
    Optional<String> ofCapture = options.capture().firstGiven();
    if (job != Job.CAPTURE && ofCapture.isPresent()) {
      throw wrong(ofCapture.get() + " is for captures, with -p");
    }
    if (options.isJson() && (job == Job.LIST || job == Job.REPAIR)) {
      throw wrong("--list and --repair have no JSON");
    }
    if (options.isJson() && job == Job.CAPTURE && !options.capture().analyses()) {
      throw wrong("--json prints the analysis that --no-analysis leaves out");
    }
  }

  private int list(LineOutput out) throws IOException {
    HostCpus host = new HostCpus(ROOT);
    List<GuestThread> threads = GuestThreads.find(ROOT, host);
    out.escaped(GuestList.of(threads, host)).flush();
    if (threads.isEmpty()) {
      tell("no KVM guest runs on this host, as far as this user may see");
    }
    return ExitCodes.DONE;
  }

  private int repair(Path file) throws IOException {
    long pages = TraceDat6Repair.repair(file);
    if (pages < 0) {
      tell(file + ": the header is complete, nothing to repair; --check tells what is missing");
    } else {
      tell("repaired " + file + ": " + pages + " pages");
    }
    return ExitCodes.DONE;
  }

  private int capture(LineOutput out) throws IOException {
    EventPair pair = options.input().toOpenOptions().pair();
    return new CaptureCommand(
            options.capture(),
            pair,
            options.analysis().toChoice(),
            new CaptureCommand.Manner(
                options.isQuiet(),
                options.isVerbose(),
                options.isJson(),
                options.analysis().isStrict()),
            new VersionProvider(command).getVersion()[0],
            end,
            this::tell)
        .run(out);
  }

  private int analyse(LineOutput out) throws IOException {
    int threads = options.threads();
    if (threads < 1) {
      throw wrong("--threads must be 1 or more, not " + threads);
    }
    FileReport report =
        new FileReport(
            options.input().toOpenOptions(),
            options.analysis().toChoice(),
            options.input().badFiles(),
            threads,
            options.analysis().isStrict(),
            progress(),
            this::tell);
    return report.print(options.toAnalyse(), form(), out);
  }

  private int check(LineOutput out) throws IOException {
    List<Path> all = options.toCheck();
    CheckCommand check = new CheckCommand(options.input().toOpenOptions(), progress(), this::tell);
    return options.isJson() ? check.printJson(all, out) : check.printText(all, out);
  }

  /** Where progress is shown; null for nowhere. */
  private PrintStream progress() {
    return options.isQuiet() ? null : ProgressLine.terminal();
  }

  private void tell(String sentence) {
    Program.tell(command.commandLine(), sentence);
  }

  private FileReport.Form form() {
    if (options.isJson()) {
      return FileReport.Form.JSON;
    }
    return options.isVerbose() ? FileReport.Form.EVENTS : FileReport.Form.TEXT;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  /** Runs the command and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    EarlyEnd end = new EarlyEnd();
    end.install();
    VmTraceCollect collect = new VmTraceCollect(new StandardOutput(), end);
    int code = ExitCodes.FAILED;
    try {
      code = Program.run(Program.of(collect.command()), arguments);
    } finally {
      // Whoever waits would wait for ever.
      end.finished(code);
    }
    System.exit(code);
  }
}
