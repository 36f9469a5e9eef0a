package org.vmtrace.collect.capture;

import java.nio.file.Path;
import org.vmtrace.collect.tracefs.BufferStats;

/**
 * What was recorded of a CPU.
 *
 * @param path its file
 * @param bytes bytes of pages in it
 * @param stats what the kernel counted
 */
public record RecordedCpu(int cpu, Path path, long bytes, BufferStats stats) {}
