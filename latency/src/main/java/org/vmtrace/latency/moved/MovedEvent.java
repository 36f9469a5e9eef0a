package org.vmtrace.latency.moved;

import java.io.Serializable;
import org.vmtrace.ring.EventBatch;

/**
 * One exit or entry of a thread that was seen on several streams, on its own, so that it can be
 * brought together with the thread's others.
 *
 * @param place where it stands in the recording's total order
 * @param cpu the CPU whose stream it comes from
 * @param exit whether it is an exit, else an entry
 * @param code an exit's reason code
 * @param flags the row's flags
 * @param instructionPointer the guest's, 0 where the event does not say
 * @param vcpu the vCPU's number, -1 where the event does not say
 */
public record MovedEvent(
    Place place, int cpu, boolean exit, long code, byte flags, long instructionPointer, int vcpu)
    implements Serializable {
  /** The event in a row of a batch. */
  public static MovedEvent of(EventBatch batch, int row, Place place) {
    return new MovedEvent(
        place,
        batch.cpu(),
        batch.kind(row) == EventBatch.EXIT,
        batch.code(row),
        batch.flags(row),
        batch.instructionPointer(row),
        batch.vcpu(row));
  }

  /** When it was, in units of the clock. */
  public long time() {
    return place.time();
  }
}
