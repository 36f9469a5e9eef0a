package org.vmtrace.collect.capture;

import java.util.List;
import org.vmtrace.event.EventFormats;

/**
 * What a capture has made.
 *
 * @param cpus by number, each with its own file
 * @param reason why it ended
 * @param elapsedNs how long it recorded
 * @param formats what the recorded events mean
 * @param hostClean whether the instance was removed
 */
public record CaptureResult(
    List<RecordedCpu> cpus,
    StopReason reason,
    long elapsedNs,
    EventFormats formats,
    boolean hostClean) {}
