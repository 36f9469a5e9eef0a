package org.vmtrace.ring;

/** How the reason code of an exit is made of its fields. */
public enum ReasonRule {
  /** The event has no reason. */
  NONE,
  /**
   * {@code exit_reason} read by {@code isa}: VMX has the code in the low 16 bits, SVM in all 32.
   */
  X86,
  /** {@code esr_ec} where {@code ret} is TRAP (2), else {@code ret}. */
  ARM64,
  /** The same where TRAP is 1: kernels that do not yet know of SERROR, up to about 4.8. */
  ARM64_EARLY,
  /** {@code scause}. */
  RISCV,
  /** The number as it stands. */
  PLAIN
}
