package org.vmtrace.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.vmtrace.ring.EntryFields;
import org.vmtrace.ring.ExitFields;
import org.vmtrace.ring.Isa;
import org.vmtrace.ring.PayloadField;
import org.vmtrace.ring.ReasonRule;
import org.vmtrace.testkit.EventShape;
import org.vmtrace.testkit.KvmEvents;

class EventSchemaTest {
  private static EventFormats formats(EventShape... events) {
    EventFormats.Builder builder = EventFormats.builder();
    for (EventShape event : events) {
      builder.add(event.system(), event.formatText());
    }
    return builder.build();
  }

  private static EventSchema kvm(KvmEvents kernel) throws FormatTextException {
    return EventSchema.of(formats(kernel.exit(), kernel.entry()), EventPair.KVM);
  }

  private static PayloadField u32(int offset) {
    return new PayloadField(offset, 4, false);
  }

  private static PayloadField u64(int offset) {
    return new PayloadField(offset, 8, false);
  }

  // Expected offsets: the fact sheet's table of kernels (section 4.1).

  @Test
  void linux61HasAReasonByIsaAndTheVcpuAt56() throws FormatTextException {
    EventSchema schema = kvm(KvmEvents.linux61());

    assertThat(schema.fields().exit())
        .isEqualTo(new ExitFields(1440, 60, ReasonRule.X86, u32(8), u32(24), u64(16), u32(56)));
    assertThat(schema.fields().entry())
        .isEqualTo(new EntryFields(1449, 25, u64(16), u32(8), new PayloadField(24, 1, false)));
  }

  @Test
  void theRealTimeKernelOf2012HasEightMoreCommonBytes() throws FormatTextException {
    EventSchema schema = kvm(KvmEvents.linux2012Rt());

    assertThat(schema.fields().exit())
        .isEqualTo(
            new ExitFields(
                443, 56, ReasonRule.X86, u32(16), u32(32), u64(24), PayloadField.ABSENT));
    assertThat(schema.fields().entry())
        .isEqualTo(new EntryFields(442, 20, PayloadField.ABSENT, u32(16), PayloadField.ABSENT));
  }

  @Test
  void linux2631HasAReasonWithoutIsa() throws FormatTextException {
    ExitFields exit = kvm(KvmEvents.linux2631()).fields().exit();

    assertThat(exit.rule()).isEqualTo(ReasonRule.X86);
    assertThat(exit.qualifier()).isEqualTo(PayloadField.ABSENT);
  }

  @Test
  void a32BitKernelsInstructionPointerHasFourBytes() throws FormatTextException {
    ExitFields exit = kvm(KvmEvents.linux32Bit()).fields().exit();

    assertThat(exit.instructionPointer()).isEqualTo(u32(12));
  }

  @Test
  void arm64TakesTheClassWhereRetIsTrap() throws FormatTextException {
    ExitFields exit = kvm(KvmEvents.arm64(ByteOrder.LITTLE_ENDIAN)).fields().exit();

    assertThat(exit.rule()).isEqualTo(ReasonRule.ARM64);
    assertThat(exit.reason()).isEqualTo(new PayloadField(8, 4, true));
    assertThat(exit.qualifier()).isEqualTo(u32(12));
    assertThat(exit.instructionPointer()).isEqualTo(u64(16));
    assertThat(exit.vcpu()).isEqualTo(PayloadField.ABSENT);
  }

  @Test
  void trapIsTheNumberThatTheFormatGivesIt() throws FormatTextException {
    // arch/arm/kvm/trace.h of 4.4: idx is the cause, exit_reason the class of a trap.
    ExitFields fields = kvm(KvmEvents.arm64Early()).fields().exit();

    assertThat(fields.rule()).isEqualTo(ReasonRule.ARM64_EARLY);
    assertThat(fields.reason()).isEqualTo(new PayloadField(8, 4, true));
    assertThat(fields.qualifier()).isEqualTo(u32(12));
  }

  @Test
  void riscvTakesScause() throws FormatTextException {
    ExitFields exit = kvm(KvmEvents.riscv()).fields().exit();

    assertThat(exit.rule()).isEqualTo(ReasonRule.RISCV);
    assertThat(exit.reason()).isEqualTo(u64(16));
    assertThat(exit.instructionPointer()).isEqualTo(u64(8));
  }

  @Test
  void anotherPairHasNoReasonUnlessAFieldIsNamed() throws FormatTextException {
    EventShape enter =
        EventShape.event("kvm_hv", "kvm_guest_enter", 10)
            .field("unsigned int vcpu_id", 4, false)
            .print("\"\"");
    EventShape exit =
        EventShape.event("kvm_hv", "kvm_guest_exit", 11)
            .field("unsigned int vcpu_id", 4, false)
            .field("int trap", 4, true)
            .print("\"%s\", __print_symbolic(REC->trap, { 0x500, \"EXTERNAL\" })");
    EventFormats formats = formats(enter, exit);

    EventSchema without =
        EventSchema.of(
            formats, EventPair.parse("kvm_hv:kvm_guest_exit", "kvm_hv:kvm_guest_enter", null));
    EventSchema with =
        EventSchema.of(
            formats, EventPair.parse("kvm_hv:kvm_guest_exit", "kvm_hv:kvm_guest_enter", "trap"));

    assertThat(without.fields().exit().rule()).isEqualTo(ReasonRule.NONE);
    assertThat(with.fields().exit().rule()).isEqualTo(ReasonRule.PLAIN);
    assertThat(with.fields().exit().reason()).isEqualTo(new PayloadField(12, 4, true));
    assertThat(with.reasons().name(Isa.NONE, 0x500)).isEqualTo("EXTERNAL");
  }

  @Test
  void aReasonFieldThatIsNotThereIsRefusedWithThoseThatAre() {
    EventPair pair = EventPair.parse("kvm:kvm_exit", "kvm:kvm_entry", "trap");
    EventFormats formats =
        formats(
            KvmEvents.arm64(ByteOrder.LITTLE_ENDIAN).exit(),
            KvmEvents.arm64(ByteOrder.LITTLE_ENDIAN).entry());

    assertThatThrownBy(() -> EventSchema.of(formats, pair))
        .isInstanceOf(FormatTextException.class)
        .hasMessageContaining("kvm:kvm_exit has no number called trap")
        .hasMessageContaining("ret, esr_ec, vcpu_pc");
  }

  @Test
  void aMissingEventIsNamedWithSimilarOnes() {
    EventFormats formats =
        formats(
            KvmEvents.linux61().entry(),
            KvmEvents.linux61().exit().named("kvm", "kvm_userspace_exit"),
            KvmEvents.linux61().exit().named("other", "kvm_exit"));

    assertThatThrownBy(() -> EventSchema.of(formats, EventPair.KVM))
        .isInstanceOf(MissingEventException.class)
        .hasMessage(
            "there is no event kvm:kvm_exit; there are other:kvm_exit, kvm:kvm_entry,"
                + " kvm:kvm_userspace_exit; name the event to use with --exit-event");
  }

  @Test
  void withoutAnyFormatTheMessageSaysSo() {
    assertThatThrownBy(() -> EventSchema.of(EventFormats.NONE, EventPair.KVM))
        .isInstanceOf(MissingEventException.class)
        .hasMessageContaining("no event formats at all");
  }

  @Test
  void eventsOfThePairNeedTypeAndThread() {
    EventShape exit = KvmEvents.linux61().exit();
    String text = exit.formatText().replace("common_pid", "common_nobody");
    EventFormats formats =
        EventFormats.builder()
            .add("kvm", text)
            .add("kvm", KvmEvents.linux61().entry().formatText())
            .build();

    assertThatThrownBy(() -> EventSchema.of(formats, EventPair.KVM))
        .isInstanceOf(FormatTextException.class)
        .hasMessage("the format of kvm:kvm_exit has no field common_pid");
  }

  @Test
  void otherEventsAreFoundById() throws FormatTextException {
    KvmEvents kernel = KvmEvents.linux61();
    EventSchema schema =
        EventSchema.of(formats(kernel.exit(), kernel.entry(), kernel.message()), EventPair.KVM);

    assertThat(schema.format(kernel.message().id()).map(EventFormat::toString))
        .hasValue("printk:console");
    assertThat(schema.format(4711)).isEmpty();
  }

  @Test
  void pairsAreNamedAsSystemAndEvent() {
    assertThat(EventPair.parse("kvm:kvm_exit", "kvm:kvm_entry", null)).isEqualTo(EventPair.KVM);
    for (String bad : new String[] {"kvm_exit", ":kvm_exit", "kvm:", "a:b:c", ""}) {
      assertThatThrownBy(() -> EventPair.parse(bad, "kvm:kvm_entry", null))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("system:name");
    }
    assertThatThrownBy(() -> EventPair.parse("kvm:a", "kvm:a", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must differ");
  }
}
