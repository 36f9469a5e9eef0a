package org.vmtrace.cli;

import java.util.LinkedHashSet;
import java.util.Set;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.recording.AnalysisChoice;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that say what to compute. */
public final class AnalysisOptions {
  @Option(
      names = "--window",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description =
          "Length of the windows of the largest cumulative latency: 500us, 1ms, 2s (default: 1ms;"
              + " of a clock that counts cycles, 1,000,000 cycles).")
  private long windowNs = AnalysisRules.DEFAULT_WINDOW;

  @Option(
      names = "--top",
      paramLabel = "N",
      description = "How many of the worst latencies to list (default: 10).")
  private int top = AnalysisRules.DEFAULT_WORST;

  @Option(
      names = "--exclude-reason",
      paramLabel = "REASON",
      split = ",",
      description =
          "Leave latencies of these exit reasons out: names (HLT,MWAIT) or codes, decimal or hex (0xc).")
  private Set<String> excludedReasons = new LinkedHashSet<>();

  @Option(names = "--strict", description = "End with exit code 3 also if events were lost.")
  private boolean strict;

  @Spec(Target.MIXEE)
  private CommandSpec command;

  /**
   * The options as the analysis takes them.
   *
   * @throws ParameterException if they make no sense
   */
  public AnalysisChoice toChoice() {
    if (windowNs < 1) {
      throw new ParameterException(command.commandLine(), "--window must be 1ns or more");
    }
    if (top < 0) {
      throw new ParameterException(command.commandLine(), "--top must be 0 or more, not " + top);
    }
    return new AnalysisChoice(windowNs, top, Set.copyOf(excludedReasons));
  }

  /** Whether lost events make the run incomplete. */
  public boolean isStrict() {
    return strict;
  }
}
