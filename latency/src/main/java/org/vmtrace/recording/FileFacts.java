package org.vmtrace.recording;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.vmtrace.event.ExitReasons;
import org.vmtrace.file.CpuStats;
import org.vmtrace.file.TraceFile;
import org.vmtrace.file.TraceMetadata;
import org.vmtrace.ring.ExitFields;

/**
 * What one look at a file's header tells, small enough to be sent about.
 *
 * @param path the file
 * @param host the node's name, empty where the file does not say
 * @param kernel what the kernel calls itself and its version
 * @param clock the clock of the top buffer
 * @param converted whether the clock's cycles are converted to ns
 * @param recordingId files with the same are one recording; 0 for none
 * @param comms names of threads by pid
 * @param reasons names of exit reasons
 * @param hasInstructionPointer whether exits tell the guest's instruction pointer
 * @param streams the streams with data
 * @param cpuStats what the kernel counted
 * @param warnings what is wrong with the file although it can be read
 * @param damaged whether a part of the recording is missing or cannot be read
 */
public record FileFacts(
    String path,
    String host,
    String kernel,
    String clock,
    boolean converted,
    long recordingId,
    Map<Integer, String> comms,
    ExitReasons reasons,
    boolean hasInstructionPointer,
    List<StreamFacts> streams,
    List<CpuStats> cpuStats,
    List<String> warnings,
    boolean damaged)
    implements Serializable {
  /** The facts of an opened file. */
  public static FileFacts of(String path, TraceFile file) {
    TraceMetadata metadata = file.metadata();
    ExitFields exit = file.schema().fields().exit();
    return new FileFacts(
        path,
        metadata.host(),
        metadata.kernel(),
        metadata.clock(),
        metadata.tsc() != null,
        metadata.recordingId(),
        metadata.comms(),
        file.schema().reasons(),
        exit.instructionPointer().present(),
        file.streams().stream().map(StreamFacts::of).toList(),
        metadata.cpuStats(),
        metadata.warnings(),
        metadata.damaged());
  }

  /** The streams of one of its buffers. */
  List<StreamFacts> streams(String buffer) {
    return streams.stream().filter(stream -> stream.buffer().equals(buffer)).toList();
  }
}
