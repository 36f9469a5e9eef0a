package org.vmtrace.latency.pair;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import org.vmtrace.latency.Latency;
import org.vmtrace.ring.EventBatch;
import org.vmtrace.ring.Isa;

/**
 * An exit that waits for its thread's next entry.
 *
 * @param time when it was
 * @param code its reason code
 * @param flags its row's flags (isa)
 * @param instructionPointer the guest's, 0 where the event has none
 * @param vcpu the vCPU's number, -1 where the event has none
 */
public record OpenExit(long time, long code, byte flags, long instructionPointer, int vcpu)
    implements Serializable {
  /** The exit in a row of a batch. */
  static OpenExit of(EventBatch batch, int row) {
    return new OpenExit(
        batch.time(row),
        batch.code(row),
        batch.flags(row),
        batch.instructionPointer(row),
        batch.vcpu(row));
  }

  /**
   * The latency that an entry of the same thread ends.
   *
   * @param entryTime when that was
   * @param thread the thread's {@code common_pid}
   * @param cpu the CPU of the entry
   */
  public Latency endedBy(long entryTime, int thread, int cpu) {
    return new Latency(
        time, entryTime, thread, cpu, vcpu, Isa.ofFlags(flags), code, instructionPointer);
  }

  /** Writes it for another process. */
  public void write(DataOutput out) throws IOException {
    out.writeLong(time);
    out.writeLong(code);
    out.writeByte(flags);
    out.writeLong(instructionPointer);
    out.writeInt(vcpu);
  }

  /** Reads what {@link #write} wrote. */
  public static OpenExit read(DataInput in) throws IOException {
    return new OpenExit(in.readLong(), in.readLong(), in.readByte(), in.readLong(), in.readInt());
  }
}
