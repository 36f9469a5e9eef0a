package org.vmtrace.event;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.vmtrace.ring.Isa;

/**
 * The names of exit reason codes, and which of them mean that the guest itself gave the CPU up.
 *
 * <p>Names come from the symbol lists of the exit event's print format, the only lists that fit the
 * kernel; where they are silent, from tables of today's kernels, else the code is shown in hex.
 * Immutable, thread-safe.
 */
public final class ExitReasons implements Serializable {
  private static final long serialVersionUID = 1L;

  // arch/x86/include/uapi/asm/vmx.h: EXIT_REASON_…
  private static final int VMX_HLT = 12;
  private static final int VMX_MWAIT = 36;
  private static final int VMX_UMWAIT = 67;
  private static final int VMX_TPAUSE = 68;

  // arch/x86/include/uapi/asm/svm.h: SVM_EXIT_…
  private static final int SVM_HLT = 0x78;
  private static final int SVM_MWAIT = 0x8b;
  private static final int SVM_IDLE_HLT = 0xa6;

  // arch/arm64/include/asm/esr.h: ESR_ELx_EC_…
  private static final int ARM64_WFX = 0x01;

  /** Names from the tables alone, for recordings without a print format. */
  public static final ExitReasons TABLES = new ExitReasons(Map.of());

  /** What was made last: thousands of traces come from kernels with the same formats. */
  private static volatile Made last = new Made("", ReasonFields.NONE, TABLES);

  private final EnumMap<Isa, HashMap<Long, String>> names;

  private record Made(String printFormat, ReasonFields fields, ExitReasons reasons) {
    /**
     * Whether it was made of these. A record's own equals is put together when it is first called:
     * 20 ms that every start of the program would pay.
     */
    boolean isOf(String otherPrintFormat, ReasonFields other) {
      return printFormat.equals(otherPrintFormat)
          && fields.rule() == other.rule()
          && Objects.equals(fields.reason(), other.reason())
          && Objects.equals(fields.qualifier(), other.qualifier());
    }
  }

  private ExitReasons(Map<Isa, Map<Long, String>> names) {
    this.names = new EnumMap<>(Isa.class);
    names.forEach((isa, list) -> this.names.put(isa, new HashMap<>(list)));
  }

  /** Names from the lists of a format, for the fields that give the reason codes. */
  static ExitReasons of(EventFormat exit, ReasonFields fields) {
    Made made = last;
    if (!made.isOf(exit.printFormat(), fields)) {
      made = new Made(exit.printFormat(), fields, read(exit, fields));
      last = made;
    }
    return made.reasons;
  }

  private static ExitReasons read(EventFormat exit, ReasonFields fields) {
    Map<Isa, Map<Long, String>> names = new EnumMap<>(Isa.class);
    for (SymbolList list : SymbolListReader.read(exit.printFormat())) {
      Isa isa = fields.isaOf(list);
      if (isa != null) {
        Map<Long, String> known = names.computeIfAbsent(isa, key -> new HashMap<>());
        list.names()
            .forEach(
                (code, name) -> {
                  if (!name.isBlank()) {
                    known.putIfAbsent(normalised(isa, code), name);
                  }
                });
      }
    }
    return new ExitReasons(names);
  }

  /**
   * The name of a reason code, or the code in hex ({@code 0x1f}) if nobody named it.
   *
   * @param isa what the code means, from the event's row
   * @param code the reason code of the row
   */
  public String name(Isa isa, long code) {
    long key = normalised(isa, code);
    Map<Long, String> ofFormat = names.get(isa);
    String name = ofFormat == null ? null : ofFormat.get(key);
    if (name == null) {
      name = KnownReasons.name(isa, key);
    }
    return name == null ? "0x" + Long.toHexString(key) : name;
  }

  /** Whether a reason has this name, case ignored. */
  public boolean knows(String name) {
    return KnownReasons.knows(name)
        || names.values().stream()
            .anyMatch(ofIsa -> ofIsa.values().stream().anyMatch(name::equalsIgnoreCase));
  }

  /**
   * Whether an exit for this reason means that the guest had nothing to do: HLT, MWAIT, UMWAIT and
   * TPAUSE on VMX, hlt, mwait and idle-halt on SVM, WFx on arm64.
   */
  public boolean idle(Isa isa, long code) {
    return switch (isa) {
      case VMX -> code == VMX_HLT || code == VMX_MWAIT || code == VMX_UMWAIT || code == VMX_TPAUSE;
      case SVM -> code == SVM_HLT || code == SVM_MWAIT || code == SVM_IDLE_HLT;
      case ARM64_TRAP -> code == ARM64_WFX;
      default -> false;
    };
  }

  /** Whether it gives the same names. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ExitReasons reasons && names.equals(reasons.names);
  }

  @Override
  public int hashCode() {
    return names.hashCode();
  }

  /** {@code exit_reason} has 32 bits; lists write its last value as {@code -1} or {@code -1ull}. */
  private static long normalised(Isa isa, long code) {
    return switch (isa) {
      case VMX -> code & 0xffff;
      case SVM -> code & 0xffffffffL;
      default -> code;
    };
  }
}
