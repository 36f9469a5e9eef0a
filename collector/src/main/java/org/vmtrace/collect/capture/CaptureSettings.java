package org.vmtrace.collect.capture;

import java.nio.file.Path;
import java.util.BitSet;
import org.vmtrace.event.EventPair;
import org.vmtrace.recording.AnalysisChoice;

/**
 * What to record, how, and where to.
 *
 * @param traced the CPUs to trace, at least one
 * @param collector the CPU of the collecting thread
 * @param helpers the CPUs of the program's other threads
 * @param tracefs where tracefs is mounted; null to look for it
 * @param pair the two events
 * @param clock name of the trace clock
 * @param bufferBytes ring buffer of each CPU
 * @param subBufferBytes size of a page (sub-buffer); 0: as the kernel has it
 * @param overwrite what a full ring buffer does: overwrite old events, or drop new ones
 * @param filter condition for events to be recorded, in the kernel's language; empty for none
 * @param durationNs how long to record, in ns; {@link Long#MAX_VALUE} until told to stop
 * @param maxBytes bytes of pages at which to stop; {@link Long#MAX_VALUE} for no limit
 * @param untilLatency busy latency at which to stop, in units of the clock; 0 for none
 * @param output the file; of several CPUs the name that theirs are made of
 * @param originalFormat whether to write the original vm-trace's file
 * @param merge whether to make one file of several CPUs' at the end
 * @param analyse whether to analyse while recording
 * @param choice what to compute
 */
public record CaptureSettings(
    BitSet traced,
    int collector,
    BitSet helpers,
    Path tracefs,
    EventPair pair,
    String clock,
    long bufferBytes,
    long subBufferBytes,
    boolean overwrite,
    String filter,
    long durationNs,
    long maxBytes,
    long untilLatency,
    Path output,
    boolean originalFormat,
    boolean merge,
    boolean analyse,
    AnalysisChoice choice) {
  /** The file of a CPU: {@code trace.bin}, of several {@code trace.cpu3.bin}. */
  public Path outputOf(int cpu) {
    if (traced.cardinality() == 1) {
      return output;
    }
    String name = output.getFileName().toString();
    int dot = name.lastIndexOf('.');
    String part = ".cpu" + cpu;
    return output.resolveSibling(
        dot <= 0 ? name + part : name.substring(0, dot) + part + name.substring(dot));
  }
}
