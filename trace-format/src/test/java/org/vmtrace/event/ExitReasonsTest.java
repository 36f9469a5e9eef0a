package org.vmtrace.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vmtrace.ring.Isa;
import org.vmtrace.testkit.EventShape;
import org.vmtrace.testkit.KvmEvents;

class ExitReasonsTest {
  private static ExitReasons reasons(EventShape exit) throws FormatTextException {
    EventFormats formats =
        EventFormats.builder()
            .add("kvm", exit.formatText())
            .add("kvm", KvmEvents.linux73().entry().formatText())
            .build();
    return EventSchema.of(formats, EventPair.KVM).reasons();
  }

  /** An exit event whose list for VMX has one reason. */
  private static EventShape exitThatCalls12(String name) {
    return EventShape.event("kvm", "kvm_exit", 5)
        .field("unsigned int exit_reason", 4, false)
        .field("unsigned long guest_rip", 8, false)
        .field("u32 isa", 4, false)
        .print(
            "\"%s\", (REC->isa == 1) ? __print_symbolic(REC->exit_reason, { 12, \""
                + name
                + "\" }) : __print_symbolic(REC->exit_reason, { 12, \"svm12\" })");
  }

  @ParameterizedTest
  @CsvSource({
    "VMX, 12, HLT",
    "VMX, 48, EPT_VIOLATION",
    "SVM, 0x78, hlt",
    "SVM, 0x4e, PF excp",
    "SVM, 0x80000001, vmgexit_mmio_read",
    "SVM, 0xffffffff, invalid_guest_state",
    "SVM, -1, invalid_guest_state",
  })
  void namesComeFromTheFormatsListOfTheIsa(Isa isa, String code, String name)
      throws FormatTextException {
    for (KvmEvents kernel : new KvmEvents[] {KvmEvents.linux61(), KvmEvents.linux73()}) {
      assertThat(reasons(kernel.exit()).name(isa, Long.decode(code))).isEqualTo(name);
    }
  }

  @Test
  void sameListsAreEqualAndOthersAreNot() throws FormatTextException {
    ExitReasons first = reasons(exitThatCalls12("HALT"));
    ExitReasons other = reasons(exitThatCalls12("HLT"));
    ExitReasons again = reasons(exitThatCalls12("HALT"));

    assertThat(again).isEqualTo(first).hasSameHashCodeAs(first).isNotEqualTo(other);
    assertThat(again.name(Isa.VMX, 12)).isEqualTo("HALT");
  }

  @Test
  void namesOfTheFormatWinOverTheTables() throws FormatTextException {
    EventShape exit = exitThatCalls12("HALT");

    assertThat(reasons(exit).name(Isa.VMX, 12)).isEqualTo("HALT");
    assertThat(reasons(exit).name(Isa.VMX, 30)).isEqualTo("IO_INSTRUCTION");
  }

  @Test
  void anEmptyNameIsNone() throws FormatTextException {
    EventShape exit = exitThatCalls12("");

    assertThat(reasons(exit).name(Isa.VMX, 12)).isEqualTo("HLT");
  }

  @Test
  void arm64HasAListForExceptionsAndOneForTrapClasses() throws FormatTextException {
    EventShape exit =
        EventShape.event("kvm", "kvm_exit", 5)
            .field("int ret", 4, true)
            .field("unsigned int esr_ec", 4, false)
            .field("unsigned long vcpu_pc", 8, false)
            .print(
                "\"%s: HSR_EC: 0x%04x (%s), PC: 0x%016lx\", __print_symbolic(REC->ret,"
                    + " {0, \"IRQ\" }, {1, \"SERROR\" }, {2, \"TRAP\" }), REC->esr_ec,"
                    + " __print_symbolic(REC->esr_ec, { (0x01), \"WFx\" }, { (0x24),"
                    + " \"DABT_LOW\" }), REC->vcpu_pc");
    ExitReasons reasons = reasons(exit);

    assertThat(reasons.name(Isa.ARM64, 1)).isEqualTo("SERROR");
    assertThat(reasons.name(Isa.ARM64_TRAP, 1)).isEqualTo("WFx");
    assertThat(reasons.name(Isa.ARM64_TRAP, 0x24)).isEqualTo("DABT_LOW");
    // From the tables: the format has no such class.
    assertThat(reasons.name(Isa.ARM64_TRAP, 0x16)).isEqualTo("HVC64");
  }

  @ParameterizedTest
  @CsvSource({
    "VMX, 52, PREEMPTION_TIMER",
    "VMX, 85, MSR_WRITE_IMM",
    "SVM, 0xa6, idle-halt",
    "SVM, 0x400, npf",
    "ARM64, 0, IRQ",
    "ARM64_TRAP, 0x3c, BRK64",
    "RISCV, 22, virtual instruction",
    "RISCV, -9223372036854775803, timer interrupt",
    "VMX, 999, 0x3e7",
    "SVM, 0xdeadbeef, 0xdeadbeef",
    "NONE, 31, 0x1f",
    "RISCV, -1, 0xffffffffffffffff",
  })
  void withoutAFormatTheTablesNameAndElseHex(Isa isa, String code, String name) {
    assertThat(ExitReasons.TABLES.name(isa, Long.decode(code))).isEqualTo(name);
  }

  @Test
  void idleReasonsAreThoseThatGiveTheCpuUp() {
    for (long code = 0; code < 0x500; code++) {
      assertThat(ExitReasons.TABLES.idle(Isa.VMX, code))
          .isEqualTo(code == 12 || code == 36 || code == 67 || code == 68);
      assertThat(ExitReasons.TABLES.idle(Isa.SVM, code))
          .isEqualTo(code == 0x78 || code == 0x8b || code == 0xa6);
      assertThat(ExitReasons.TABLES.idle(Isa.ARM64_TRAP, code)).isEqualTo(code == 1);
      assertThat(ExitReasons.TABLES.idle(Isa.ARM64, code)).isFalse();
      assertThat(ExitReasons.TABLES.idle(Isa.RISCV, code)).isFalse();
      assertThat(ExitReasons.TABLES.idle(Isa.NONE, code)).isFalse();
    }
  }

  @Test
  void theyCanBeSentToAnotherProcess() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(reasons(KvmEvents.linux73().exit()));
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      ExitReasons copy = (ExitReasons) in.readObject();

      assertThat(copy.name(Isa.SVM, 0x72)).isEqualTo("cpuid");
    }
  }
}
