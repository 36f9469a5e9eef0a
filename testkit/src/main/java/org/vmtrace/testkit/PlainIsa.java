package org.vmtrace.testkit;

/** What a reason code means. */
public enum PlainIsa {
  /** No reason, or an x86 kernel that does not say which. */
  NONE,
  /** Intel. */
  VMX,
  /** AMD. */
  SVM,
  /** The code is arm64's {@code ret}. */
  ARM64,
  /** {@code ret} was TRAP, the code is {@code esr_ec}. */
  ARM64_TRAP,
  /** The code is {@code scause}. */
  RISCV;

  /** Whether a guest gives the CPU up with this exit (design, section 3). */
  public boolean idle(long code) {
    return switch (this) {
      case VMX -> code == 12 || code == 36 || code == 67 || code == 68;
      case SVM -> code == 0x78 || code == 0x8b || code == 0xa6;
      case ARM64_TRAP -> code == 1;
      default -> false;
    };
  }
}
