package org.vmtrace.cli;

import java.util.LinkedHashSet;
import java.util.Set;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.recording.AnalysisChoice;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** The options that say what to compute. */
public final class AnalysisOptions {
  /** Any instant (EventBatch.EARLIEST) less a window must still be a number of 64 bits. */
  private static final long LONGEST_WINDOW_NS = 1L << 62;

  private final OptionSpec window =
      Options.value(
              new DurationConverter(),
              "DURATION",
              "Length of the windows of the largest cumulative latency: 500us, 1ms, 2s (default: 1ms;"
                  + " of a clock that counts cycles, 1,000,000 cycles).",
              "--window")
          .initialValue(AnalysisRules.DEFAULT_WINDOW)
          .build();

  private final OptionSpec top =
      Options.value(
              int.class, "N", "How many of the worst latencies to list (default: 10).", "--top")
          .initialValue(AnalysisRules.DEFAULT_WORST)
          .build();

  private final OptionSpec excludedReasons =
      Options.value(
              Set.class,
              "REASON",
              "Leave latencies of these exit reasons out: names (HLT,MWAIT) or codes, decimal or hex"
                  + " (0xc).",
              "--exclude-reason")
          .auxiliaryTypes(String.class)
          .splitRegex("\\s*,\\s*")
          .splitRegexSynopsisLabel(",")
          .initialValue(new LinkedHashSet<String>())
          .build();

  private final OptionSpec strict =
      Options.flag("End with exit code 3 also if events were lost.", "--strict");

  private final CommandSpec command;

  /** Adds the options to a command. */
  public AnalysisOptions(CommandSpec command) {
    this.command = command;
    command.addOption(window).addOption(top).addOption(excludedReasons).addOption(strict);
  }

  /**
   * The options as the analysis takes them.
   *
   * @throws ParameterException if they make no sense
   */
  public AnalysisChoice toChoice() {
    long windowNs = window.getValue();
    int worst = top.getValue();
    Set<String> excluded = excludedReasons.getValue();
    if (windowNs < 1) {
      throw new ParameterException(command.commandLine(), "--window must be 1ns or more");
    }
    if (windowNs > LONGEST_WINDOW_NS) {
      throw new ParameterException(command.commandLine(), "--window must be 146 years or less");
    }
    if (worst < 0) {
      throw new ParameterException(command.commandLine(), "--top must be 0 or more, not " + worst);
    }
    return new AnalysisChoice(windowNs, worst, Set.copyOf(excluded));
  }

  /** Whether lost events make the run incomplete. */
  public boolean isStrict() {
    return Options.isGiven(strict);
  }
}
