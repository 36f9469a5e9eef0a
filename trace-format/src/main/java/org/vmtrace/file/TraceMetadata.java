package org.vmtrace.file;

import java.util.List;
import java.util.Map;
import org.vmtrace.event.ClockUnit;
import org.vmtrace.event.EventFormats;

/**
 * What a file says about its recording.
 *
 * @param container kind of file, for example {@code trace.dat 6}
 * @param kernel the recording machine's {@code uname}; empty if unknown
 * @param host the node name in it; empty if unknown
 * @param clock the trace clock of the top buffer, for example {@code mono}; empty if unknown
 * @param recordingId files with the same id are one recording; 0 if there is none
 * @param comms names of threads by id
 * @param cpuStats the kernel's statistics, by buffer and CPU; only those that the file has
 * @param tsc how times were converted to ns; null if they were not
 * @param formats the format texts
 * @param warnings what is wrong with the file although it can be read, one line each
 * @param damaged whether a part of the recording is missing or cannot be read; damage within pages
 *     is found when they are read
 */
public record TraceMetadata(
    String container,
    String kernel,
    String host,
    String clock,
    long recordingId,
    Map<Integer, String> comms,
    List<CpuStats> cpuStats,
    TscConversion tsc,
    EventFormats formats,
    List<String> warnings,
    boolean damaged) {
  /**
   * What trace-cmd calls x86-tsc when it writes the option TSC2NSEC (trace-cmd-record.1,
   * --tsc2nsec). The pages hold cycles where that option is there; trace-cmd split leaves it out
   * and writes ns under the same name.
   */
  private static final String CYCLES_TO_CONVERT = "tsc2nsec";

  /** Copies the collections. */
  public TraceMetadata {
    comms = Map.copyOf(comms);
    cpuStats = List.copyOf(cpuStats);
    warnings = List.copyOf(warnings);
  }

  /** Whether the times of streams with this clock are converted: an instance may have its own. */
  public boolean converts(String streamClock) {
    return tsc != null && mayBeConverted(streamClock);
  }

  /** Whether times of a clock of that name are converted where the file tells how. */
  public static boolean mayBeConverted(String clock) {
    return clock.isEmpty() || clock.equals(CYCLES_TO_CONVERT) || !countsNs(clock);
  }

  /** Whether a clock of that name counts ns; an unknown one is taken to. */
  public static boolean countsNs(String clock) {
    return ClockUnit.of(clock) == ClockUnit.NANOSECONDS;
  }
}
