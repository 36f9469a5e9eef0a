package org.vmtrace.ring;

/**
 * Where an entry event keeps what the analysis wants.
 *
 * @param eventId the event's {@code common_type}; -1 where there is none
 * @param minBytes bytes that a payload has at least: the end of its last fixed field
 * @param instructionPointer the guest's instruction pointer
 * @param vcpu the number of the vCPU
 * @param immediateExit whether KVM asked the CPU to leave the guest at once
 */
public record EntryFields(
    int eventId,
    int minBytes,
    PayloadField instructionPointer,
    PayloadField vcpu,
    PayloadField immediateExit) {
  /**
   * Checks that all fields lie within the payload.
   *
   * @throws IllegalArgumentException if one does not
   */
  public EntryFields {
    int end = Math.max(Math.max(instructionPointer.end(), vcpu.end()), immediateExit.end());
    if (end > minBytes) {
      throw new IllegalArgumentException("a field ends at " + end + " of " + minBytes + " bytes");
    }
  }
}
