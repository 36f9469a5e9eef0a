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
import org.vmtrace.cli.Program;
import org.vmtrace.cli.SizeConverter;
import org.vmtrace.cli.Verdict;
import org.vmtrace.cli.VersionProvider;
import org.vmtrace.latency.Summary;
import org.vmtrace.report.SummaryText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The vm-trace-analyze command. */
@Command(
    name = "vm-trace-analyze",
    description = {
      "Analyses recordings of VM exits and entries on Spark: how long guests were kept from"
          + " running, why and when.",
      "",
      "Writes OUT/latencies and OUT/windows (Parquet), OUT/summary.txt and OUT/summary.json, and"
          + " prints the summary.",
      ""
    },
    footer = {
      "",
      "Exit codes: 0 done; 1 failed; 2 wrong usage; 3 done, but the input was damaged, was skipped"
          + " (--skip-bad-files), or events were lost and --strict was given."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    versionProvider = VersionProvider.class)
public final class VmTraceAnalyze implements Callable<Integer> {
  /** Runs the job somewhere. */
  @FunctionalInterface
  interface Runner {
    Summary run(JobOptions options) throws IOException;
  }

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description =
          "Traces, folders with traces (all that lie below), globs; on any file system that Hadoop"
              + " knows (hdfs://, s3a://).")
  private List<String> inputs;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT",
      description = "Folder for the result (default: ${DEFAULT-VALUE}).",
      defaultValue = "vm-trace-analysis")
  private String output;

  @Option(names = "--overwrite", description = "Replace a result that is there.")
  private boolean overwrite;

  @Option(
      names = "--split-size",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description =
          "What one split is to have: 64MiB, 1GiB; rounded up to whole pages (default: chosen for"
              + " the input and Spark's cores). The result does not depend on it.")
  private Long splitBytes;

  @Option(names = "--no-latencies", description = "Do not write the latencies.")
  private boolean noLatencies;

  @Option(names = "--no-windows", description = "Do not write the windows.")
  private boolean noWindows;

  @Mixin private AnalysisOptions analysis;
  @Mixin private InputOptions reading;
  @Spec private CommandSpec command;

  private final Runner runner;
  private final PrintStream out;

  /** The command as it is called from a shell: with a Spark of its own. */
  public VmTraceAnalyze() {
    this(VmTraceAnalyze::onSpark, System.out);
  }

  VmTraceAnalyze(Runner runner, PrintStream out) {
    this.runner = runner;
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    if (splitBytes != null && splitBytes < 1) {
      throw new ParameterException(command.commandLine(), "--split-size must be 1 or more");
    }
    Summary summary =
        runner.run(
            new JobOptions(
                inputs,
                output,
                overwrite,
                splitBytes == null ? 0 : splitBytes,
                reading.toOpenOptions(),
                analysis.toChoice(),
                !noLatencies,
                !noWindows,
                reading.badFiles()));
    Verdict verdict = Verdict.of(summary, analysis.isStrict());
    verdict.complaint().ifPresent(complaint -> Program.tell(command.commandLine(), complaint));
    // The last on standard output: Spark has ended.
    out.write(SummaryText.of(summary).getBytes(StandardCharsets.UTF_8));
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
    int exitCode = Program.run(new VmTraceAnalyze(), arguments);
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }
}
