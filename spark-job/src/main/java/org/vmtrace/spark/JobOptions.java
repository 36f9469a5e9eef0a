package org.vmtrace.spark;

import java.util.List;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.recording.AnalysisChoice;
import org.vmtrace.recording.BadFiles;

/**
 * What the job is asked to do.
 *
 * @param inputs files, folders and globs, on any Hadoop file system
 * @param output folder of the result
 * @param overwrite whether a result that is there is replaced
 * @param splitBytes bytes of a split, rounded up to whole pages; 0: chosen for the input and
 *     Spark's cores
 * @param reading how to read the files
 * @param choice what to compute
 * @param latencies whether to write the table of latencies
 * @param windows whether to write the table of windows
 * @param badFiles what becomes of files that cannot be read
 */
public record JobOptions(
    List<String> inputs,
    String output,
    boolean overwrite,
    long splitBytes,
    OpenOptions reading,
    AnalysisChoice choice,
    boolean latencies,
    boolean windows,
    BadFiles badFiles) {}
