package org.vmtrace.latency.summary;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.vmtrace.event.ExitReasons;

/**
 * What is known of a recording besides its events.
 *
 * @param name its name: the file's, with the buffer's where a file has several
 * @param host the node's name, empty where the file does not say
 * @param kernel what the kernel calls itself and its version, empty where the file does not say
 * @param clock the trace clock, empty where the file does not say
 * @param paths the files that it lies in
 * @param comms names of threads by pid
 * @param reasons names of exit reasons
 * @param hasInstructionPointer whether exits tell the guest's instruction pointer
 * @param damaged whether parts of its files are missing or cannot be read, apart from damaged pages
 */
public record RecordingInfo(
    String name,
    String host,
    String kernel,
    String clock,
    List<String> paths,
    Map<Integer, String> comms,
    ExitReasons reasons,
    boolean hasInstructionPointer,
    boolean damaged)
    implements Serializable {
  /** The same recording with the names of fewer threads. */
  public RecordingInfo withComms(Map<Integer, String> fewer) {
    return new RecordingInfo(
        name, host, kernel, clock, paths, fewer, reasons, hasInstructionPointer, damaged);
  }

  /** The name of a thread, empty where it is not known. */
  public String comm(int thread) {
    return thread == 0 ? "<idle>" : comms.getOrDefault(thread, "");
  }
}
