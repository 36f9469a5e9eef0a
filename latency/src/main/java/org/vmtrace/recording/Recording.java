package org.vmtrace.recording;

import java.io.Serializable;
import java.util.List;
import org.vmtrace.latency.summary.RecordingInfo;
import org.vmtrace.latency.summary.Summary.KernelStats;

/**
 * What one capture wrote into one buffer: streams with one clock.
 *
 * @param info what is known of it besides its events
 * @param streams its streams, by CPU
 * @param kernelStats what the kernel counted
 * @param warnings what a reader of its numbers must know
 */
public record Recording(
    RecordingInfo info,
    List<RecordingStream> streams,
    List<KernelStats> kernelStats,
    List<String> warnings)
    implements Serializable {}
