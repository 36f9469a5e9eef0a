package org.vmtrace.event;

import org.vmtrace.ring.Isa;
import org.vmtrace.ring.ReasonRule;

/**
 * Which fields of an exit event give the reason code.
 *
 * @param rule how the code is made of them
 * @param reason the field with the code, null if there is none
 * @param qualifier the field that decides about it ({@code isa}, {@code esr_ec}), null if there is
 *     none
 */
record ReasonFields(ReasonRule rule, String reason, String qualifier) {
  static final ReasonFields NONE = new ReasonFields(ReasonRule.NONE, null, null);

  /**
   * The fields of kvm's exit event, as the architectures name them: x86 {@code exit_reason}, {@code
   * guest_rip} and, from 2.6.38 on, {@code isa}; arm64 {@code ret}, {@code esr_ec} (before 5.5
   * {@code idx}, {@code exit_reason}); riscv {@code scause}.
   */
  static ReasonFields ofKvm(EventFormat exit) {
    if (has(exit, "exit_reason") && has(exit, "guest_rip")) {
      return new ReasonFields(ReasonRule.X86, "exit_reason", has(exit, "isa") ? "isa" : null);
    }
    if (has(exit, "ret") && has(exit, "esr_ec")) {
      return arm64(exit, "ret", "esr_ec");
    }
    if (has(exit, "idx") && has(exit, "exit_reason")) {
      return arm64(exit, "idx", "exit_reason");
    }
    if (has(exit, "scause")) {
      return new ReasonFields(ReasonRule.RISCV, "scause", null);
    }
    return has(exit, "exit_reason") ? plain("exit_reason") : NONE;
  }

  private static ReasonFields arm64(EventFormat exit, String cause, String trapClass) {
    boolean early =
        SymbolListReader.read(exit.printFormat()).stream()
            .anyMatch(list -> list.field().equals(cause) && "TRAP".equals(list.names().get(1L)));
    return new ReasonFields(early ? ReasonRule.ARM64_EARLY : ReasonRule.ARM64, cause, trapClass);
  }

  /** One field, taken as it stands. */
  static ReasonFields plain(String field) {
    return new ReasonFields(ReasonRule.PLAIN, field, null);
  }

  /** What the names of a symbol list are for; null if not for the reason. */
  Isa isaOf(SymbolList list) {
    return switch (rule) {
      case NONE -> null;
      case PLAIN -> list.field().equals(reason) ? Isa.NONE : null;
      case RISCV -> list.field().equals(reason) ? Isa.RISCV : null;
      case ARM64, ARM64_EARLY ->
          list.field().equals(reason)
              ? Isa.ARM64
              : list.field().equals(qualifier) ? Isa.ARM64_TRAP : null;
      case X86 -> list.field().equals(reason) ? ofX86(list.isa()) : null;
    };
  }

  private static Isa ofX86(int isa) {
    return switch (isa) {
      case 1 -> Isa.VMX;
      case 2 -> Isa.SVM;
      default -> Isa.NONE;
    };
  }

  private static boolean has(EventFormat format, String field) {
    return format.field(field).isPresent();
  }
}
