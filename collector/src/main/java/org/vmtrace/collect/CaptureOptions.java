package org.vmtrace.collect;

import java.nio.file.Path;
import java.util.BitSet;
import org.vmtrace.cli.DurationConverter;
import org.vmtrace.cli.SizeConverter;
import org.vmtrace.event.EventPair;
import org.vmtrace.file.TraceMetadata;
import org.vmtrace.recording.AnalysisChoice;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that say what to capture, how, and where to. */
final class CaptureOptions {
  @Option(
      names = {"-p", "--trace-cpus"},
      paramLabel = "CPUS",
      converter = CpuListConverter.class,
      description =
          "Capture these CPUs: 3, or 2-5,8, which gives a file each (trace.cpu2.bin ...). Needs"
              + " root.")
  private BitSet traced;

  @Option(
      names = {"-c", "--collect-cpu"},
      paramLabel = "CPU",
      description =
          "The CPU that collects; all threads of this program run there (default: one of the same"
              + " NUMA node that is not traced).")
  private Integer collector;

  @Option(
      names = "--helper-cpus",
      paramLabel = "CPUS",
      converter = CpuListConverter.class,
      description = "CPUs for all threads but the collecting one (default: that of -c).")
  private BitSet helpers;

  @Option(
      names = {"-s", "--seconds"},
      paramLabel = "DURATION",
      converter = SecondsConverter.class,
      description = "How long to capture: 10, 90s, 5m (default: until Ctrl-C).")
  private Long durationNs;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The file to write, replaced if it is there (default: trace.bin).")
  private Path output = Path.of("trace.bin");

  @Option(
      names = "--max-size",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description = "Stop when the files together hold so much: 500M, 2G.")
  private Long maxBytes;

  @Option(
      names = "--until-latency",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description =
          "Stop shortly after the first latency of at least this that is not idle; the file keeps"
              + " what came before it.")
  private Long untilLatencyNs;

  @Option(
      names = "--no-analysis",
      description = "Only capture; analyse the file later, here (-f) or elsewhere.")
  private boolean noAnalysis;

  @Option(
      names = "--merge",
      description = "At the end, make one trace.dat of the files of several CPUs.")
  private boolean merge;

  @Option(
      names = "--original-format",
      description = "Write the original vm-trace's file, for those who have readers for it.")
  private boolean originalFormat;

  @Option(
      names = "--clock",
      paramLabel = "NAME",
      description =
          "Trace clock: mono (default), local, global, mono_raw, boot, tai, x86-tsc, or what the"
              + " kernel has.")
  private String clock = "mono";

  @Option(
      names = "--buffer-size",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description = "Ring buffer of each CPU (default: 16M).")
  private long bufferBytes = 16L << 20;

  @Option(
      names = "--subbuf-size",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description = "Size of a ring-buffer page, Linux 6.8 and newer (default: as it is, 4K).")
  private Long subBufferBytes;

  @Option(
      names = "--no-overwrite",
      description = "A full ring buffer drops new events; by default it overwrites old ones.")
  private boolean noOverwrite;

  @Option(
      names = "--filter",
      paramLabel = "EXPRESSION",
      description =
          "Let the kernel record only events that meet this, such as 'vcpu_id == 0'; both events"
              + " must have the fields.")
  private String filter = "";

  @Option(
      names = "--tracefs",
      paramLabel = "DIR",
      description = "Where tracefs is mounted (default: it is looked for, and mounted).")
  private Path tracefs;

  @Spec(Target.MIXEE)
  private CommandSpec command;

  /** Whether a capture is asked for. */
  boolean isAsked() {
    return traced != null;
  }

  /** The CPUs to trace. */
  BitSet traced() {
    return traced;
  }

  /** The CPU to collect on; null if it is to be chosen. */
  Integer collector() {
    return collector;
  }

  /** The CPUs for the other threads; null for that of the collector. */
  BitSet helpers() {
    return helpers;
  }

  /**
   * Checks what can be checked without looking at the host.
   *
   * @throws ParameterException if something makes no sense
   */
  void check() {
    if (traced.isEmpty()) {
      throw wrong("-p names no CPU");
    }
    if (collector != null && collector < 0) {
      throw wrong("-c must be 0 or more, not " + collector);
    }
    if (helpers != null && helpers.isEmpty()) {
      throw wrong("--helper-cpus names no CPU");
    }
    if (durationNs != null && durationNs == 0) {
      throw wrong("-s must be more than 0");
    }
    if (bufferBytes < 1 || (maxBytes != null && maxBytes < 1)) {
      throw wrong("a size must be more than 0");
    }
    if (subBufferBytes != null && subBufferBytes < 1) {
      throw wrong("--subbuf-size must be more than 0");
    }
    if (untilLatencyNs != null && noAnalysis) {
      throw wrong("--until-latency needs the analysis that --no-analysis turns off");
    }
    if (untilLatencyNs != null && !TraceMetadata.countsNs(clock)) {
      throw wrong("--until-latency needs a clock that counts ns, not " + clock);
    }
    if (merge && originalFormat) {
      throw wrong("--original-format has one CPU a file: leave --merge out");
    }
    if (output.getFileName() == null) {
      throw wrong("-o must name a file, not " + output);
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  /** All of them, with the CPUs that were chosen. */
  CaptureSettings toSettings(
      int chosenCollector, BitSet chosenHelpers, EventPair pair, AnalysisChoice choice) {
    return new CaptureSettings(
        traced,
        chosenCollector,
        chosenHelpers,
        tracefs,
        pair,
        clock,
        bufferBytes,
        subBufferBytes == null ? 0 : subBufferBytes,
        !noOverwrite,
        filter,
        durationNs == null ? Long.MAX_VALUE : durationNs,
        maxBytes == null ? Long.MAX_VALUE : maxBytes,
        untilLatencyNs == null ? 0 : untilLatencyNs,
        output,
        originalFormat,
        merge,
        !noAnalysis,
        choice);
  }
}
