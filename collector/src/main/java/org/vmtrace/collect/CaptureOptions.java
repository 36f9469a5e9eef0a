package org.vmtrace.collect;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.vmtrace.cli.DurationConverter;
import org.vmtrace.cli.Options;
import org.vmtrace.cli.SizeConverter;
import org.vmtrace.collect.capture.CaptureSettings;
import org.vmtrace.event.EventPair;
import org.vmtrace.file.TraceMetadata;
import org.vmtrace.recording.AnalysisChoice;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The options that say what to capture, how, and where to. */
final class CaptureOptions {
  private final OptionSpec traced =
      Options.value(
              new CpuListConverter(),
              "CPUS",
              "Capture these CPUs: 3, or 2-5,8, which gives a file each (trace.cpu2.bin ...). Needs"
                  + " root.",
              "-p",
              "--trace-cpus")
          .build();

  private final OptionSpec collector =
      Options.value(
              int.class,
              "CPU",
              "The CPU that collects; all threads of this program run there (default: one of the same"
                  + " NUMA node that is not traced).",
              "-c",
              "--collect-cpu")
          .build();

  private final OptionSpec helpers =
      Options.value(
              new CpuListConverter(),
              "CPUS",
              "CPUs for all threads but the collecting one (default: that of -c).",
              "--helper-cpus")
          .build();

  private final OptionSpec durationNs =
      Options.value(
              new SecondsConverter(),
              "DURATION",
              "How long to capture: 10, 90s, 5m (default: until Ctrl-C).",
              "-s",
              "--seconds")
          .build();

  private final OptionSpec output =
      Options.value(
              Path.class,
              "FILE",
              "The file to write, replaced if it is there (default: trace.bin).",
              "-o",
              "--output")
          .initialValue(Path.of("trace.bin"))
          .build();

  private final OptionSpec maxBytes =
      Options.value(
              new SizeConverter(),
              "SIZE",
              "Stop when the files together hold so much: 500M, 2G.",
              "--max-size")
          .build();

  private final OptionSpec untilLatencyNs =
      Options.value(
              new DurationConverter(),
              "DURATION",
              "Stop shortly after the first latency of at least this that is not idle; the file keeps"
                  + " what came before it. Threads that change between traced CPUs do not count.",
              "--until-latency")
          .build();

  private final OptionSpec noAnalysis =
      Options.flag(
          "Only capture; analyse the file later, here (-f) or elsewhere.", "--no-analysis");

  private final OptionSpec merge =
      Options.flag("At the end, make one trace.dat of the files of several CPUs.", "--merge");

  private final OptionSpec originalFormat =
      Options.flag(
          "Write the original vm-trace's file, for those who have readers for it; files of several CPUs"
              + " are not put together, so that threads must not move between these.",
          "--original-format");

  private final OptionSpec clock =
      Options.value(
              String.class,
              "NAME",
              "Trace clock: mono (default), local, global, mono_raw, boot, tai, x86-tsc, or what the"
                  + " kernel has.",
              "--clock")
          .initialValue("mono")
          .build();

  private final OptionSpec bufferBytes =
      Options.value(
              new SizeConverter(),
              "SIZE",
              "Ring buffer of each CPU (default: 16M).",
              "--buffer-size")
          .initialValue(16L << 20)
          .build();

  private final OptionSpec subBufferBytes =
      Options.value(
              new SizeConverter(),
              "SIZE",
              "Size of a ring-buffer page, Linux 6.8 and newer (default: as it is, 4K).",
              "--subbuf-size")
          .build();

  private final OptionSpec noOverwrite =
      Options.flag(
          "A full ring buffer drops new events; by default it overwrites old ones.",
          "--no-overwrite");

  private final OptionSpec filter =
      Options.value(
              String.class,
              "EXPRESSION",
              "Let the kernel record only events that meet this, such as 'vcpu_id == 0'; both events"
                  + " must have the fields.",
              "--filter")
          .initialValue("")
          .build();

  private final OptionSpec tracefs =
      Options.value(
              Path.class,
              "DIR",
              "Where tracefs is mounted (default: it is looked for, and mounted).",
              "--tracefs")
          .build();

  /** In the order of the help. */
  private final List<OptionSpec> all =
      List.of(
          traced,
          collector,
          helpers,
          durationNs,
          output,
          maxBytes,
          untilLatencyNs,
          noAnalysis,
          merge,
          originalFormat,
          clock,
          bufferBytes,
          subBufferBytes,
          noOverwrite,
          filter,
          tracefs);

  private final CommandSpec command;

  /** Adds the options to a command. */
  CaptureOptions(CommandSpec command) {
    this.command = command;
    for (OptionSpec option : all) { // no lambda, see cli.Program
      command.addOption(option);
    }
  }

  /** The first of these options that was given; none if none was. */
  Optional<String> firstGiven() {
    ParseResult given = command.commandLine().getParseResult();
    for (OptionSpec option : all) {
      if (given.hasMatchedOption(option)) {
        return Optional.of(option.longestName());
      }
    }
    return Optional.empty();
  }

  /** Whether the capture is to be analysed. */
  boolean analyses() {
    return !Options.isGiven(noAnalysis);
  }

  /** Whether a capture is asked for. */
  boolean isAsked() {
    return traced() != null;
  }

  /** The CPUs to trace. */
  BitSet traced() {
    return traced.getValue();
  }

  /** The CPU to collect on; null if it is to be chosen. */
  Integer collector() {
    return collector.getValue();
  }

  /** The CPUs for the other threads; null for that of the collector. */
  BitSet helpers() {
    return helpers.getValue();
  }

  /**
   * Checks what can be checked without looking at the host.
   *
   * @throws ParameterException if something makes no sense
   */
  void check() {
    if (traced().isEmpty()) {
      throw wrong("-p names no CPU");
    }
    if (collector() != null && collector() < 0) {
      throw wrong("-c must be 0 or more, not " + collector());
    }
    if (helpers() != null && helpers().isEmpty()) {
      throw wrong("--helper-cpus names no CPU");
    }
    if (number(durationNs, 1) == 0) {
      throw wrong("-s must be more than 0");
    }
    if (number(bufferBytes, 1) < 1 || number(maxBytes, 1) < 1) {
      throw wrong("a size must be more than 0");
    }
    if (number(subBufferBytes, 1) < 1) {
      throw wrong("--subbuf-size must be more than 0");
    }
    if (untilLatencyNs.getValue() != null && Options.isGiven(noAnalysis)) {
      throw wrong("--until-latency needs the analysis that --no-analysis turns off");
    }
    if (untilLatencyNs.getValue() != null && !TraceMetadata.countsNs(clock.getValue())) {
      throw wrong("--until-latency needs a clock that counts ns, not " + clock.getValue());
    }
    if (Options.isGiven(merge) && Options.isGiven(originalFormat)) {
      throw wrong("--original-format has one CPU a file: leave --merge out");
    }
    Path file = output.getValue();
    if (file.getFileName() == null) {
      throw wrong("-o must name a file, not " + file);
    }
  }

  private static long number(OptionSpec option, long otherwise) {
    Long given = option.getValue();
    return given == null ? otherwise : given;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  /** All of them, with the CPUs that were chosen. */
  CaptureSettings toSettings(
      int chosenCollector, BitSet chosenHelpers, EventPair pair, AnalysisChoice choice) {
    return new CaptureSettings(
        traced(),
        chosenCollector,
        chosenHelpers,
        tracefs.getValue(),
        pair,
        clock.getValue(),
        number(bufferBytes, 0),
        number(subBufferBytes, 0),
        !Options.isGiven(noOverwrite),
        filter.<String>getValue().strip(),
        number(durationNs, Long.MAX_VALUE),
        number(maxBytes, Long.MAX_VALUE),
        number(untilLatencyNs, 0),
        output.getValue(),
        Options.isGiven(originalFormat),
        Options.isGiven(merge),
        analyses(),
        choice);
  }
}
