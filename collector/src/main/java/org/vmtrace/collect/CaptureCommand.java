package org.vmtrace.collect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.vmtrace.cli.ExitCodes;
import org.vmtrace.collect.capture.CaptureResult;
import org.vmtrace.collect.capture.CaptureSession;
import org.vmtrace.collect.capture.CaptureSettings;
import org.vmtrace.collect.capture.RecordedCpu;
import org.vmtrace.collect.capture.StopReason;
import org.vmtrace.collect.capture.StopRequest;
import org.vmtrace.collect.console.LineOutput;
import org.vmtrace.collect.console.ProgressLine;
import org.vmtrace.collect.host.CpuAffinity;
import org.vmtrace.collect.host.GuestThread;
import org.vmtrace.collect.host.GuestThreads;
import org.vmtrace.collect.host.HostCpus;
import org.vmtrace.collect.splice.LinuxCalls;
import org.vmtrace.collect.splice.SystemCalls;
import org.vmtrace.collect.tracefs.BufferStats;
import org.vmtrace.collect.tracefs.CpuList;
import org.vmtrace.event.EventPair;
import org.vmtrace.recording.AnalysisChoice;

/** What {@code -p} does: captures, and prints the summary of what was captured. */
final class CaptureCommand {
  private static final Path ROOT = Path.of("/");
  private static final double NS_PER_S = 1e9;
  private static final double MB = 1e6;

  /**
   * How much to say.
   *
   * @param quiet only errors, losses and results
   * @param verbose also what was set up
   * @param json the results as JSON
   * @param strict whether lost events make the run incomplete
   */
  record Manner(boolean quiet, boolean verbose, boolean json, boolean strict) {}

  private final CaptureOptions options;
  private final EventPair pair;
  private final AnalysisChoice choice;
  private final Manner manner;
  private final String program;
  private final EarlyEnd end;
  private final Consumer<String> tell;
  private final Consumer<String> note;
  private final HostCpus host = new HostCpus(ROOT);

  /** Said when it is sure that there is a recording: a failure is one line. */
  private final List<String> warnings = new ArrayList<>();

  /**
   * A capture.
   *
   * @param program name and version of this program
   * @param end is told when a signal must be waited for, and when not any more
   * @param tell takes one line for the user
   */
  CaptureCommand(
      CaptureOptions options,
      EventPair pair,
      AnalysisChoice choice,
      Manner manner,
      String program,
      EarlyEnd end,
      Consumer<String> tell) {
    this.options = options;
    this.pair = pair;
    this.choice = choice;
    this.manner = manner;
    this.program = program;
    this.end = end;
    this.tell = tell;
    this.note = manner.quiet() ? sentence -> {} : tell;
  }

  /**
   * Captures and prints.
   *
   * @return one of {@link ExitCodes}
   * @throws IOException if it fails
   */
  int run(LineOutput out) throws IOException {
    options.check();
    StopRequest stop = new StopRequest();
    end.holdSignals(() -> stop.because(StopReason.SIGNAL));
    SystemCalls calls = LinuxCalls.load();
    CaptureSettings settings = settings(calls);
    try (CaptureSession session =
        new CaptureSession(
            settings,
            calls,
            stop,
            tell,
            manner.verbose() ? tell : sentence -> {},
            manner.quiet() ? null : ProgressLine.terminal(),
            program)) {
      session.onReady(() -> warnings.forEach(note));
      session.onEnd(end::releaseSignals);
      CaptureResult result = session.run();
      say(settings, result);
      CaptureReport report = new CaptureReport(settings, session, result, manner, end, tell);
      int code = settings.analyse() ? report.print(out) : report.merge();
      out.flush();
      return worse(code, code(result));
    }
  }

  /** Chooses CPUs, moves this program to them, and notes what the user should know of them. */
  private CaptureSettings settings(SystemCalls calls) throws IOException {
    CpuChoice cpus = new CpuChoice(host, options.traced());
    try {
      cpus.requireOnline(options.traced(), "trace");
      List<GuestThread> guests =
          (isKvm() && !manner.quiet()) || options.collector() == null
              ? GuestThreads.find(ROOT, host)
              : List.of();
      int collector = collector(cpus, guests);
      BitSet helpers = options.helpers() == null ? CpuList.of(collector) : options.helpers();
      BitSet collecting = (BitSet) helpers.clone();
      collecting.set(collector);
      cpus.requireOnline(collecting, "collect on");
      new CpuAffinity(calls).confine(collecting);
      warnings.addAll(cpus.warnings(collecting));
      if (isKvm() && !manner.quiet()) {
        warnings.addAll(cpus.guestWarnings(guests));
      }
      return options.toSettings(collector, helpers, pair, choice);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private boolean isKvm() {
    return pair.exitSystem().equals(EventPair.KVM.exitSystem());
  }

  private int collector(CpuChoice cpus, List<GuestThread> guests) {
    if (options.collector() != null) {
      return options.collector();
    }
    int chosen = cpus.chooseCollector(guests);
    warnings.add("collecting on CPU " + chosen + " (-c names another)");
    return chosen;
  }

  /** Tells what was recorded, and always what was lost. */
  private void say(CaptureSettings settings, CaptureResult result) {
    for (RecordedCpu cpu : result.cpus()) {
      BufferStats stats = cpu.stats();
      note.accept(
          String.format(
              Locale.ROOT,
              "CPU %d: %s%,d events in %.3f s, %.1f MB in %s; %s",
              cpu.cpu(),
              // The kernel does not know which of them found no room.
              result.reason() == StopReason.DISK_FULL ? "at most " : "",
              stats.readEvents(),
              result.elapsedNs() / NS_PER_S,
              cpu.bytes() / MB,
              cpu.path(),
              result.reason().text()));
      if (manner.verbose()) {
        tell.accept(
            String.format(
                Locale.ROOT,
                "CPU %d: the kernel counted %,d read, %,d left, %,d overwritten, %,d dropped, %,d"
                    + " nested",
                cpu.cpu(),
                stats.readEvents(),
                stats.entries(),
                stats.overrun(),
                stats.droppedEvents(),
                stats.commitOverrun()));
      }
      if (stats.lost() > 0) {
        tell.accept(
            String.format(
                Locale.ROOT,
                "CPU %d: the kernel lost %,d events (%,d overwritten, %,d dropped, %,d nested); a"
                    + " larger --buffer-size helps",
                cpu.cpu(),
                stats.lost(),
                stats.overrun(),
                stats.droppedEvents(),
                stats.commitOverrun()));
      }
    }
    if (result.reason() == StopReason.DISK_FULL) {
      tell.accept(
          "no space left for "
              + settings.output()
              + ": recording ended early; make room, or name another disk with -o");
    } else if (result.reason().isEarly()) {
      tell.accept("recording ended early: " + result.reason().text());
    }
  }

  private int code(CaptureResult result) {
    if (!result.hostClean()) {
      return ExitCodes.FAILED;
    }
    boolean lost =
        manner.strict() && result.cpus().stream().anyMatch(cpu -> cpu.stats().lost() > 0);
    return lost || result.reason().isEarly() ? ExitCodes.INCOMPLETE : ExitCodes.DONE;
  }

  /** The exit code of both: that something failed counts most. */
  static int worse(int one, int other) {
    return one == ExitCodes.FAILED || other == ExitCodes.FAILED
        ? ExitCodes.FAILED
        : Math.max(one, other);
  }
}
