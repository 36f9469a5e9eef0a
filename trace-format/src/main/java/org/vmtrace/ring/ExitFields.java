package org.vmtrace.ring;

/**
 * Where an exit event keeps what the analysis wants.
 *
 * @param eventId the event's {@code common_type}; -1 where there is none
 * @param minBytes bytes that a payload has at least: the end of its last fixed field
 * @param rule how the reason code is made
 * @param reason the reason's field ({@code exit_reason}, {@code ret}, {@code scause} …)
 * @param qualifier what decides about the reason: {@code isa} on x86, {@code esr_ec} on arm64
 * @param instructionPointer the guest's instruction pointer
 * @param vcpu the number of the vCPU
 */
public record ExitFields(
    int eventId,
    int minBytes,
    ReasonRule rule,
    PayloadField reason,
    PayloadField qualifier,
    PayloadField instructionPointer,
    PayloadField vcpu) {
  /**
   * Checks that all fields lie within the payload.
   *
   * @throws IllegalArgumentException if one does not
   */
  public ExitFields {
    int end =
        Math.max(
            Math.max(reason.end(), qualifier.end()),
            Math.max(instructionPointer.end(), vcpu.end()));
    if (end > minBytes) {
      throw new IllegalArgumentException("a field ends at " + end + " of " + minBytes + " bytes");
    }
  }
}
