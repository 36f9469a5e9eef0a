package org.vmtrace.spark.output;

import org.apache.parquet.io.api.Binary;
import org.vmtrace.latency.RecordingInfo;
import org.vmtrace.ring.Isa;

/** What the rows of one recording have in common, as Parquet wants it. Not thread-safe. */
public final class RecordingNames {
  /** Isa in the upper bits: only VMX and SVM codes are known to be shorter than 64 bits. */
  private final Names[] reasons = new Names[Isa.values().length];

  private final Names comms;
  private final RecordingInfo info;
  final Binary recording;
  final Binary host;
  final boolean hasInstructionPointer;

  /** The names of a recording. */
  public RecordingNames(RecordingInfo info, boolean hasInstructionPointer) {
    this.info = info;
    this.recording = Names.constant(info.name());
    this.host = Names.constant(info.host());
    this.comms = new Names(pid -> info.comm((int) pid));
    this.hasInstructionPointer = hasInstructionPointer;
  }

  Binary comm(int thread) {
    return comms.get(thread);
  }

  /** The name of a reason, see {@link org.vmtrace.latency.LatencyBatch#flags(int)}. */
  Binary reason(int flags, long code) {
    Isa isa = Isa.ofFlags(flags);
    int number = isa.flags();
    if (reasons[number] == null) {
      reasons[number] = new Names(any -> info.reasons().name(isa, any));
    }
    return reasons[number].get(code);
  }
}
