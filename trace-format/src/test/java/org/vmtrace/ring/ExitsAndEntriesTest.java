package org.vmtrace.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vmtrace.ring.CraftedPage.STAMP;

import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vmtrace.event.FormatTextException;
import org.vmtrace.testkit.EventShape;
import org.vmtrace.testkit.KvmEvents;
import org.vmtrace.testkit.PageBuilder;
import org.vmtrace.testkit.PageShape;
import org.vmtrace.testkit.PlainIsa;

/** What a row says of an exit or an entry, and by which rule its reason code is made. */
class ExitsAndEntriesTest {
  private static final KvmEvents X86 = KvmEvents.linux61();

  /** The row of the only event on a page. */
  private record Row(byte kind, long time, int thread, long code, int flags) {}

  @Test
  void anExitTellsItsThreadAndReason() throws FormatTextException {
    assertThat(row(X86, X86.exit(4711, PlainIsa.VMX, 12, 0, 0)))
        .isEqualTo(new Row(EventBatch.EXIT, STAMP + 5, 4711, 12, Isa.VMX.flags()));
  }

  @Test
  void anEntryTellsItsThread() throws FormatTextException {
    assertThat(row(X86, X86.entry(4711, 0, 0, false)))
        .isEqualTo(new Row(EventBatch.ENTRY, STAMP + 5, 4711, 0, 0));
  }

  @Test
  void anEntryTellsWhetherTheGuestIsToBeLeftAtOnce() throws FormatTextException {
    assertThat(row(X86, X86.entry(4711, 0, 0, true)))
        .isEqualTo(new Row(EventBatch.ENTRY, STAMP + 5, 4711, 0, EventBatch.IMMEDIATE_EXIT));
  }

  @Test
  void anotherEventTellsItsThreadAndId() throws FormatTextException {
    assertThat(row(X86, X86.other(4711)))
        .isEqualTo(new Row(EventBatch.OTHER, STAMP + 5, 4711, X86.other().id(), 0));
  }

  @Test
  void anEventWhoseLengthStandsInItsSecondWordTellsTheSame() throws FormatTextException {
    byte[] exit = X86.exit(4711, PlainIsa.SVM, 0x78, 0, 0);
    EventBatch rows =
        Cursors.rows(X86, new PageBuilder(PageShape.X86_64, STAMP).longRecord(5, exit));

    assertThat(rowOf(rows))
        .isEqualTo(new Row(EventBatch.EXIT, STAMP + 5, 4711, 0x78, Isa.SVM.flags()));
    assertThat(rows.payloadOffset(1)).as("behind head, word and length").isEqualTo(24);
    assertThat(rows.payloadBytes(1)).isEqualTo(exit.length);
  }

  @Test
  void aVmxReasonHas16Bits() throws FormatTextException {
    assertReason(X86, PlainIsa.VMX, 0x7fff_0030, 0x30, Isa.VMX.flags());
  }

  @Test
  void bit31OfAVmxReasonIsAFailedEntry() throws FormatTextException {
    assertReason(X86, PlainIsa.VMX, 0x8000_0021L, 0x21, Isa.VMX.flags() | EventBatch.FAILED_ENTRY);
  }

  @ParameterizedTest
  @ValueSource(longs = {0x400, 0x8000_0001L, 0xffff_ffffL})
  void anSvmReasonHas32Bits(long reason) throws FormatTextException {
    assertReason(X86, PlainIsa.SVM, reason, reason, Isa.SVM.flags());
  }

  @ParameterizedTest
  @EnumSource(names = {"VMX", "SVM"})
  void anX86ReasonMeansNothingWhereTheKernelDoesNotTellTheIsa(PlainIsa isa)
      throws FormatTextException {
    assertReason(KvmEvents.linux2631(), isa, 0x8000_0021L, 0x8000_0021L, Isa.NONE.flags());
  }

  @ParameterizedTest
  @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
  void theReasonOfATrapOnArm64IsItsClass(String order) throws FormatTextException {
    assertReason(arm64(order), PlainIsa.ARM64_TRAP, 0x24, 0x24, Isa.ARM64_TRAP.flags());
  }

  @ParameterizedTest
  @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
  void theReasonOfAnyOtherExitOnArm64IsWhatWasReturned(String order) throws FormatTextException {
    assertReason(arm64(order), PlainIsa.ARM64, 0, 0, Isa.ARM64.flags());
    assertReason(arm64(order), PlainIsa.ARM64, 3, 3, Isa.ARM64.flags());
  }

  @Test
  void earlyKernelsOfArm64CallATrap1() throws FormatTextException {
    // arch/arm/kvm/trace.h of 4.4
    KvmEvents early = KvmEvents.arm64Early();

    assertThat(row(early, payload(early.exit(), Map.of("idx", 1L, "exit_reason", 0x16L))))
        .isEqualTo(new Row(EventBatch.EXIT, STAMP + 5, 9, 0x16, Isa.ARM64_TRAP.flags()));
    assertThat(row(early, payload(early.exit(), Map.of("idx", 2L, "exit_reason", 0x16L))))
        .isEqualTo(new Row(EventBatch.EXIT, STAMP + 5, 9, 2, Isa.ARM64.flags()));
  }

  @ParameterizedTest
  @ValueSource(longs = {10, 1L << 63 | 5})
  void theReasonOnRiscvIsTheCauseWithItsTopBit(long cause) throws FormatTextException {
    assertReason(KvmEvents.riscv(), PlainIsa.RISCV, cause, cause, Isa.RISCV.flags());
  }

  @Test
  void aCauseOf32BitsOnRiscvHasItsTopBitWhereOneOf64BitsHasIt() throws FormatTextException {
    KvmEvents wide = KvmEvents.riscv();
    EventShape exit =
        EventShape.event("kvm", "kvm_exit", 901)
            .field("unsigned long sepc", 4, false)
            .field("unsigned long scause", 4, false)
            .print("\"SEPC:0x%lx, SCAUSE:0x%lx\", REC->sepc, REC->scause");
    KvmEvents narrow =
        new KvmEvents(wide.order(), exit, wide.entry(), wide.other(), wide.message());

    assertThat(row(narrow, payload(exit, Map.of("scause", 0x8000_0005L))))
        .isEqualTo(new Row(EventBatch.EXIT, STAMP + 5, 9, 1L << 63 | 5, Isa.RISCV.flags()));
    assertThat(row(narrow, payload(exit, Map.of("scause", 10L))))
        .isEqualTo(new Row(EventBatch.EXIT, STAMP + 5, 9, 10, Isa.RISCV.flags()));
  }

  private static KvmEvents arm64(String order) {
    return KvmEvents.arm64(
        order.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] payload(EventShape event, Map<String, Long> fields) {
    Map<String, Long> values = new HashMap<>(fields);
    values.put("common_pid", 9L);
    return event.payload(ByteOrder.LITTLE_ENDIAN, values);
  }

  private static void assertReason(KvmEvents kernel, PlainIsa isa, long raw, long code, int flags)
      throws FormatTextException {
    assertThat(row(kernel, kernel.exit(9, isa, raw, 0, 0)))
        .isEqualTo(new Row(EventBatch.EXIT, STAMP + 5, 9, code, flags));
  }

  private static Row row(KvmEvents kernel, byte[] payload) throws FormatTextException {
    PageShape shape = PageShape.of(4096, kernel.order());
    byte[] page = new PageBuilder(shape, STAMP).record(5, payload).build();
    return rowOf(Cursors.rows(shape, kernel, page));
  }

  private static Row rowOf(EventBatch rows) {
    assertThat(rows.size()).as("a page and an event").isEqualTo(2);
    return new Row(rows.kind(1), rows.time(1), rows.thread(1), rows.code(1), rows.flags(1));
  }
}
