package org.vmtrace.file;

import java.io.Serializable;

/**
 * The kernel's own statistics of one CPU's ring buffer ({@code per_cpu/cpuN/stats}) when the
 * recording ended. A number that the file does not give is -1.
 *
 * @param buffer name of the buffer (instance), empty for the top one
 * @param cpu number of the CPU
 * @param entries events that were still in the buffer
 * @param overrun events that were overwritten; pages are marked after such a loss
 * @param commitOverrun events lost since a writer nested around the whole buffer; never marked
 * @param droppedEvents events thrown away because the buffer was full; never marked
 * @param readEvents events that were read out
 */
public record CpuStats(
    String buffer,
    int cpu,
    long entries,
    long overrun,
    long commitOverrun,
    long droppedEvents,
    long readEvents)
    implements Serializable {
  /** A number that the file does not give. */
  public static final long UNKNOWN = -1;
}
