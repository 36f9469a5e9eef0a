package org.vmtrace.spark.plan;

import java.util.List;

/**
 * A stream of the plan.
 *
 * @param recording the recording's number in the plan
 * @param inRecording the stream's number in its recording
 * @param path the file that it lies in, as results call it
 * @param cpu its CPU
 * @param splits its splits in the order of their pages
 */
public record PlannedStream(
    int recording, int inRecording, String path, int cpu, List<PlannedSplit> splits) {}
