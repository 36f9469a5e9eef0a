package org.vmtrace.spark;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.vmtrace.cli.AnalysisOptions;
import org.vmtrace.cli.InputOptions;
import org.vmtrace.cli.Options;
import org.vmtrace.cli.Program;
import org.vmtrace.cli.SizeConverter;
import org.vmtrace.cli.Verdict;
import org.vmtrace.latency.summary.Summary;
import org.vmtrace.report.SummaryText;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

/** The vm-trace-analyze command. */
public final class VmTraceAnalyze implements Callable<Integer> {
  private static final String[] DESCRIPTION = {
    "Analyses recordings of VM exits and entries on Spark: how long guests were kept from"
        + " running, why and when.",
    "",
    "Writes OUT/latencies and OUT/windows (Parquet), OUT/summary.txt and OUT/summary.json, and"
        + " prints the summary.",
    ""
  };

  private static final String[] FOOTER = {
    "",
    "Exit codes: 0 done; 1 failed; 2 wrong usage; 3 done, but the input was damaged, was skipped"
        + " (--skip-bad-files), or events were lost and --strict was given."
  };

  /** Runs the job somewhere. */
  @FunctionalInterface
  interface Runner {
    Summary run(JobOptions options) throws IOException;
  }

  private final PositionalParamSpec inputs =
      PositionalParamSpec.builder()
          .type(List.class)
          .auxiliaryTypes(String.class)
          .arity("1..*")
          .required(true)
          .paramLabel("PATH")
          .description(
              "Traces, folders with traces (all that lie below), globs; on any file system that"
                  + " Hadoop knows (hdfs://, s3a://).")
          .build();

  private final OptionSpec output =
      Options.value(
              String.class,
              "OUT",
              "Folder for the result (default: vm-trace-analysis).",
              "-o",
              "--output")
          .initialValue("vm-trace-analysis")
          .build();

  private final OptionSpec overwrite =
      Options.flag("Replace a result that is there.", "--overwrite");

  private final OptionSpec splitBytes =
      Options.value(
              new SizeConverter(),
              "SIZE",
              "What one split is to have: 64MiB, 1GiB; rounded up to whole pages (default: chosen for"
                  + " the input and Spark's cores). The result does not depend on it.",
              "--split-size")
          .build();

  private final OptionSpec noLatencies =
      Options.flag(
          "Do not write the latencies; the traces are then read once, not twice.",
          "--no-latencies");

  private final OptionSpec noWindows = Options.flag("Do not write the windows.", "--no-windows");

  private final CommandSpec command = CommandSpec.wrapWithoutInspection(this);
  private final AnalysisOptions analysis;
  private final InputOptions reading;

  private final Runner runner;
  private final PrintStream out;

  /** The command as it is called from a shell: with a Spark of its own. */
  public VmTraceAnalyze() {
    this(VmTraceAnalyze::onSpark, System.out);
  }

  VmTraceAnalyze(Runner runner, PrintStream out) {
    this.runner = runner;
    this.out = out;
    command
        .name("vm-trace-analyze")
        .addPositional(inputs)
        .addOption(output)
        .addOption(overwrite)
        .addOption(splitBytes)
        .addOption(noLatencies)
        .addOption(noWindows);
    analysis = new AnalysisOptions(command);
    reading = new InputOptions(command);
    command.usageMessage().description(DESCRIPTION).footer(FOOTER);
  }

  /** The command with its options, for {@link Program#of}. */
  CommandSpec command() {
    return command;
  }

  @Override
  public Integer call() throws IOException {
    Long split = splitBytes.getValue();
    if (split != null && split < 1) {
      throw new ParameterException(command.commandLine(), "--split-size must be 1 or more");
    }
    Summary summary =
        runner.run(
            new JobOptions(
                inputs.getValue(),
                output.getValue(),
                Options.isGiven(overwrite),
                split == null ? 0 : split,
                reading.toOpenOptions(),
                analysis.toChoice(),
                !Options.isGiven(noLatencies),
                !Options.isGiven(noWindows),
                reading.badFiles()));
    Verdict verdict = Verdict.of(summary, analysis.isStrict());
    verdict.complaint().ifPresent(complaint -> Program.tell(command.commandLine(), complaint));
    // The last on standard output: Spark has ended.
    out.write(SummaryText.of(summary, ResultFolder.REST).getBytes(StandardCharsets.UTF_8));
    out.flush();
    return verdict.exitCode();
  }

  private static Summary onSpark(JobOptions options) throws IOException {
    // Under spark-submit the master is given; without, this machine is the cluster.
    SparkConf conf = new SparkConf().setIfMissing("spark.master", "local[*]");
    conf.setIfMissing("spark.app.name", "vm-trace-analyze");
    try (JavaSparkContext context = new JavaSparkContext(conf)) {
      return new VmTraceJob(context, options).run();
    }
  }

  /** Runs the command; where it did not do all, ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    int exitCode = Program.run(Program.of(new VmTraceAnalyze().command()), arguments);
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }
}
