package org.vmtrace.ring;

/**
 * What a reason code of a {@code kvm_exit} means. The x86 values are those of the event's {@code
 * isa} field (arch/x86/kvm/trace.h: 1 VMX, 2 SVM); the others tell which field of the event the
 * code was taken from.
 */
public enum Isa {
  /** No meaning is known: a pair other than kvm's, or an x86 kernel too old to say. */
  NONE,
  /** Intel: the low 16 bits of {@code exit_reason}. */
  VMX,
  /** AMD: all 32 bits of {@code exit_reason}. */
  SVM,
  /** arm64, not a trap: the code is {@code ret}. */
  ARM64,
  /** arm64, a trap ({@code ret} 2): the code is the exception class {@code esr_ec}. */
  ARM64_TRAP,
  /** riscv: the code is {@code scause}; bit 63 marks an interrupt. */
  RISCV;

  private static final Isa[] VALUES = values();

  /** The bits that stand for this in the flags of an event row. */
  @SuppressWarnings("EnumOrdinal") // read again by the same program only
  public byte flags() {
    return (byte) ordinal();
  }

  /**
   * The value that stands in the flags of an event row.
   *
   * @param flags a row's flags, see {@link EventBatch#flags(int)}
   */
  public static Isa ofFlags(int flags) {
    return VALUES[flags & EventBatch.ISA_MASK];
  }
}
