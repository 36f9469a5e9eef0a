package org.vmtrace.spark.plan;

import java.util.List;
import org.vmtrace.latency.summary.Summary.SkippedFile;

/**
 * The traces that input paths led to.
 *
 * @param traces what their headers tell, each cut into splits
 * @param taskBytes what one task is to read, in bytes, about
 * @param skippedFiles files that could not be read and were left out
 * @param warnings what else must be said
 */
public record FoundTraces(
    List<TraceLook> traces,
    long taskBytes,
    List<SkippedFile> skippedFiles,
    List<String> warnings) {}
