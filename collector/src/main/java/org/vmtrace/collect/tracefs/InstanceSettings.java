package org.vmtrace.collect.tracefs;

import java.util.BitSet;
import java.util.List;

/**
 * What an instance is to record.
 *
 * @param cpus the CPUs whose events are recorded
 * @param isolated CPUs that must not be disturbed: unless their events are recorded, their buffers
 *     stay as large as the kernel makes them
 * @param clock name of the trace clock
 * @param bufferBytes size of the ring buffer of each of these CPUs; the kernel rounds up
 * @param subBufferBytes size of a sub-buffer (page), rounded up by the kernel to a power of two of
 *     system pages; 0 leaves it as it is
 * @param overwrite what a full buffer does: overwrite the oldest events, or drop new ones
 * @param wakePercent how full a buffer is when a reader that sleeps is woken, 1 to 100; kernels
 *     before 5.0 do not know it
 * @param events the events, {@code system:name}
 * @param filter condition that the events must meet to be recorded, in the kernel's language; empty
 *     for none
 */
public record InstanceSettings(
    BitSet cpus,
    BitSet isolated,
    String clock,
    long bufferBytes,
    long subBufferBytes,
    boolean overwrite,
    int wakePercent,
    List<String> events,
    String filter) {}
