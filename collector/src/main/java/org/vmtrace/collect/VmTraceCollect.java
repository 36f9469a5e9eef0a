package org.vmtrace.collect;

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
    customSynopsis = "vm-trace-collect -f FILE... [-v | --json] [OPTIONS]",
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  vm-trace-collect -f trace.bin             the summary of a trace",
      "  vm-trace-collect -f trace.bin -v          every event, then the summary",
      "  vm-trace-collect -f traces/ --json        all traces of a folder, for programs",
      "  vm-trace-collect -f trace.dat --window 100us --exclude-reason HLT",
      "",
      "Exit codes: 0 done, 1 it failed, 2 wrong usage, 3 done, but the input was damaged or, with",
      "--strict, events were lost."
    })
public final class VmTraceCollect implements Callable<Integer> {
  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description =
          "Analyse these traces: trace.dat files, files of the original vm-trace, bare ring-buffer"
              + " pages with --event-formats; of a folder all traces in it.")
  private List<Path> files = new ArrayList<>();

  @Parameters(paramLabel = "FILE", hidden = true)
  private List<Path> moreFiles = new ArrayList<>();

  @Option(
      names = {"-v", "--verbose"},
      description = "Print every event, one a line, before the summary.")
  private boolean verbose;

  @Option(names = "--json", description = "Print the summary as JSON and nothing else.")
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

  /** A command that writes its results to that stream. */
  VmTraceCollect(OutputStream standardOutput) {
    this.standardOutput = standardOutput;
  }

  @Override
  public Integer call() throws Exception {
    if (files.isEmpty()) {
      throw wrong("nothing to do: give a trace with -f FILE");
    }
    files.addAll(moreFiles);
    if (threads < 1) {
      throw wrong("--threads must be 1 or more, not " + threads);
    }
    FileReport report =
        new FileReport(
            input.toOpenOptions(),
            analysis.toChoice(),
            threads,
            analysis.isStrict(),
            complaint -> Program.tell(command.commandLine(), complaint));
    try {
      return report.print(files, form(), new LineOutput(standardOutput));
    } catch (StandardOutput.ReaderGoneException e) {
      return ExitCodes.DONE;
    }
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
    System.exit(Program.run(new VmTraceCollect(new StandardOutput()), arguments));
  }
}
