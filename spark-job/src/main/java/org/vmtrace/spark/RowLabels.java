package org.vmtrace.spark;

import java.io.Serializable;
import org.vmtrace.latency.RecordingInfo;
import org.vmtrace.spark.output.RecordingNames;

/**
 * What rows and summary need to know of a recording.
 *
 * @param info names; of its threads only those that had exits or entries
 * @param hasInstructionPointer whether exits tell the guest's instruction pointer
 */
record RowLabels(RecordingInfo info, boolean hasInstructionPointer) implements Serializable {
  RecordingNames names() {
    return new RecordingNames(info, hasInstructionPointer);
  }
}
