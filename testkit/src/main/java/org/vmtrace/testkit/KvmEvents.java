package org.vmtrace.testkit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The exit and entry events of one kernel, and two others that may lie between them: format texts
 * as the kernel prints them and payloads that fit (fact sheet, section 4.1; the formats of 6.1 and
 * 7.3 were read from such kernels, the others from their sources).
 *
 * @param order byte order of the payloads
 * @param exit what ends guest mode
 * @param entry what starts it
 * @param other an event of no interest: {@code kvm:kvm_fpu}, 12 bytes
 * @param message an event with a string after its struct: {@code printk:console}
 */
public record KvmEvents(
    ByteOrder order, EventShape exit, EventShape entry, EventShape other, EventShape message) {
  private static final String X86_REASONS =
      "(REC->isa == 1) ? __print_symbolic(REC->exit_reason & 0xffff, { 0, \"EXCEPTION_NMI\" }, "
          + "{ 1, \"EXTERNAL_INTERRUPT\" }, { 10, \"CPUID\" }, { 12, \"HLT\" }, "
          + "{ 30, \"IO_INSTRUCTION\" }, { 32, \"MSR_WRITE\" }, { 36, \"MWAIT_INSTRUCTION\" }, "
          + "{ 48, \"EPT_VIOLATION\" }, { 52, \"PREEMPTION_TIMER\" }, { 67, \"UMWAIT\" }, "
          + "{ 68, \"TPAUSE\" }) : __print_symbolic(REC->exit_reason, { 0x040 + 14, \"PF excp\" }, "
          + "{ 0x060, \"interrupt\" }, { 0x064, \"vintr\" }, { 0x072, \"cpuid\" }, "
          + "{ 0x078, \"hlt\" }, { 0x07b, \"io\" }, { 0x07c, \"msr\" }, { 0x08b, \"mwait\" }, "
          + "{ 0x0a6, \"idle-halt\" }, { 0x400, \"npf\" }, { 0x80000001%1$s, "
          + "\"vmgexit_mmio_read\" }, { -1%1$s, \"invalid_guest_state\" }), "
          + "(REC->isa == 1 && REC->exit_reason & ~0xffff) ? \" \" : \"\", "
          + "(REC->isa == 1) ? __print_flags(REC->exit_reason & ~0xffff, \" \", "
          + "{ 0x80000000, \"FAILED_VMENTRY\" }) : \"\"";

  /** Linux 6.1 to 6.13 on x86-64: payloads of 64 and 32 bytes. */
  public static KvmEvents linux61() {
    return x86(
        x86Exit(1440).print(x86Print("", "")),
        x86Entry(1449)
            .print(
                "\"vcpu %u, rip 0x%lx%s\", REC->vcpu_id, REC->rip, REC->immediate_exit ? "
                    + "\"[immediate exit]\" : \"\""));
  }

  /** Linux 6.14 to 7.3 on x86-64: payloads of 72 and 40 bytes. */
  public static KvmEvents linux73() {
    return x86(
        x86Exit(1721).field("u64 requests", 8, false).print(x86Print("ull", " requests 0x%016llx")),
        x86Entry(1733)
            .field("u32 intr_info", 4, false)
            .field("u32 error_code", 4, false)
            .print(
                "\"vcpu %u, rip 0x%lx intr_info 0x%08x error_code 0x%08x%s\", REC->vcpu_id, "
                    + "REC->rip, REC->intr_info, REC->error_code, REC->immediate_exit ? "
                    + "\"[immediate exit]\" : \"\""));
  }

  /**
   * The 2012 kernel of the original tool: 16 bytes of common fields (real-time patches), ids 14
   * words and 5 words long. Sources: the structs of the original tool.
   */
  public static KvmEvents linux2012Rt() {
    return x86(exit36(rtCommon("kvm_exit", 443)), entry36(rtCommon("kvm_entry", 442)));
  }

  /** Linux 2.6.38 to 5.9 on x86-64: no vCPU in the exit, no instruction pointer in the entry. */
  public static KvmEvents linux36() {
    return x86(
        exit36(EventShape.event("kvm", "kvm_exit", 500)),
        entry36(EventShape.event("kvm", "kvm_entry", 499)));
  }

  /** Linux 2.6.38 on x86-64: as 3.6, behind 12 bytes of common fields. */
  public static KvmEvents linux2638() {
    return x86(exit36(oldCommon("kvm_exit", 510)), entry36(oldCommon("kvm_entry", 509)));
  }

  /** Linux 2.6.31 to 2.6.37 on x86-64: no isa, so a reason code says nothing without the CPU. */
  public static KvmEvents linux2631() {
    return x86(
        exit2631(EventShape.event("kvm", "kvm_exit", 300)),
        entry36(EventShape.event("kvm", "kvm_entry", 299)));
  }

  /** Linux 2.6.32 on x86-64: as above, behind 12 bytes of common fields. */
  public static KvmEvents linux2632() {
    return x86(exit2631(oldCommon("kvm_exit", 310)), entry36(oldCommon("kvm_entry", 309)));
  }

  /** A 32-bit x86 kernel of 2.6.38 to 5.9: longs of 4 bytes, u64 aligned to 4. */
  public static KvmEvents linux32Bit() {
    return x86(
        EventShape.event("kvm", "kvm_exit", 410)
            .field("unsigned int exit_reason", 4, false)
            .field("unsigned long guest_rip", 4, false)
            .field("u32 isa", 4, false)
            .field("u64 info1", 8, 4, false)
            .field("u64 info2", 8, 4, false)
            .print(
                "\"reason %s rip 0x%lx info %llx %llx\", "
                    + X86_REASONS.formatted("")
                    + ", REC->guest_rip, REC->info1, REC->info2"),
        EventShape.event("kvm", "kvm_entry", 409)
            .field("unsigned int vcpu_id", 4, false)
            .print("\"vcpu %u\", REC->vcpu_id"));
  }

  /** arm64: the reason is {@code esr_ec} where {@code ret} is TRAP (2), else {@code ret}. */
  public static KvmEvents arm64(ByteOrder order) {
    return withOthers(
        order,
        EventShape.event("kvm", "kvm_exit", 1024)
            .field("int ret", 4, true)
            .field("unsigned int esr_ec", 4, false)
            .field("unsigned long vcpu_pc", 8, false)
            .print(
                "\"%s: HSR_EC: 0x%04x (%s), PC: 0x%016lx\", __print_symbolic(REC->ret, "
                    + "{0, \"IRQ\" }, {1, \"SERROR\" }, {2, \"TRAP\" }, {3, \"ILLEGAL\" }, "
                    + "{0x80000000UL, \"HYP_GONE\" }), REC->esr_ec, __print_symbolic(REC->esr_ec, "
                    + "{ 0x00, \"UNKNOWN\" }, { 0x01, \"WFx\" }, { 0x16, \"HVC64\" }, "
                    + "{ 0x18, \"SYS64\" }, { 0x24, \"DABT_LOW\" }), REC->vcpu_pc"),
        EventShape.event("kvm", "kvm_entry", 1023)
            .field("unsigned long vcpu_pc", 8, false)
            .print("\"PC: 0x%016lx\", REC->vcpu_pc"));
  }

  /** arm64 up to about 4.8: a trap is 1, the cause is called {@code idx}, the class a reason. */
  public static KvmEvents arm64Early() {
    KvmEvents later = arm64(ByteOrder.LITTLE_ENDIAN);
    EventShape exit =
        EventShape.event("kvm", "kvm_exit", 1024)
            .field("int idx", 4, true)
            .field("unsigned int exit_reason", 4, false)
            .field("unsigned long vcpu_pc", 8, false)
            .print(
                "\"%s: HSR_EC: 0x%04x\", __print_symbolic(REC->idx, { 0, \"IRQ\" },"
                    + " { 1, \"TRAP\" }), REC->exit_reason");
    return new KvmEvents(later.order, exit, later.entry, later.other, later.message);
  }

  /** riscv64: the reason is {@code scause}, bit 63 says interrupt. */
  public static KvmEvents riscv() {
    return withOthers(
        ByteOrder.LITTLE_ENDIAN,
        EventShape.event("kvm", "kvm_exit", 901)
            .field("unsigned long sepc", 8, false)
            .field("unsigned long scause", 8, false)
            .field("unsigned long stval", 8, false)
            .field("unsigned long htval", 8, false)
            .field("unsigned long htinst", 8, false)
            .print(
                "\"SEPC:0x%lx, SCAUSE:0x%lx, STVAL:0x%lx, HTVAL:0x%lx, HTINST:0x%lx\", REC->sepc, "
                    + "REC->scause, REC->stval, REC->htval, REC->htinst"),
        EventShape.event("kvm", "kvm_entry", 900)
            .field("unsigned long pc", 8, false)
            .print("\"PC: 0x016%lx\", (unsigned long)REC->pc"));
  }

  /** The same events under other ids. */
  public KvmEvents withIds(int exitId, int entryId) {
    return new KvmEvents(order, exit.withId(exitId), entry.withId(entryId), other, message);
  }

  /** All four events. */
  public List<EventShape> all() {
    return List.of(exit, entry, other, message);
  }

  /**
   * An exit's payload. Fields that this kernel does not have are left out.
   *
   * @param code the raw reason: with modifier bits for VMX, {@code esr_ec} for ARM64_TRAP, {@code
   *     ret} for ARM64, {@code scause} for RISCV
   */
  public byte[] exit(int pid, PlainIsa isa, long code, long instructionPointer, int vcpu) {
    Map<String, Long> values = new HashMap<>();
    values.put("common_pid", (long) pid);
    values.put("exit_reason", code);
    values.put("scause", code);
    values.put("isa", isa == PlainIsa.VMX ? 1L : isa == PlainIsa.SVM ? 2L : 0L);
    values.put("ret", isa == PlainIsa.ARM64_TRAP ? 2L : code);
    values.put("esr_ec", isa == PlainIsa.ARM64_TRAP ? code : 0L);
    values.put("vcpu_id", (long) vcpu);
    for (String name : List.of("guest_rip", "vcpu_pc", "sepc")) {
      values.put(name, instructionPointer);
    }
    return exit.payload(order, values);
  }

  /** An entry's payload. */
  public byte[] entry(int pid, long instructionPointer, int vcpu, boolean immediateExit) {
    Map<String, Long> values = new HashMap<>();
    values.put("common_pid", (long) pid);
    values.put("vcpu_id", (long) vcpu);
    values.put("immediate_exit", immediateExit ? 1L : 0L);
    for (String name : List.of("rip", "vcpu_pc", "pc")) {
      values.put(name, instructionPointer);
    }
    return entry.payload(order, values);
  }

  /** A payload of the event without interest. */
  public byte[] other(int pid) {
    return other.payload(order, Map.of("common_pid", (long) pid, "load", 1L));
  }

  /** A payload whose {@code __data_loc} string stands, with its final zero, after the struct. */
  public byte[] message(int pid, String text) {
    byte[] string = (text + "\0").getBytes(StandardCharsets.UTF_8);
    // __data_loc: length in the upper half, offset from the payload's start in the lower
    long location = (long) string.length << 16 | message.payloadBytes();
    byte[] struct = message.payload(order, Map.of("common_pid", (long) pid, "msg", location));
    ByteBuffer all = ByteBuffer.wrap(Arrays.copyOf(struct, struct.length + string.length));
    return all.put(struct.length, string).array();
  }

  private static KvmEvents x86(EventShape exit, EventShape entry) {
    return withOthers(ByteOrder.LITTLE_ENDIAN, exit, entry);
  }

  private static KvmEvents withOthers(ByteOrder order, EventShape exit, EventShape entry) {
    EventShape other =
        EventShape.event("kvm", "kvm_fpu", 7)
            .field("u32 load", 4, false)
            .print("\"%s\", __print_symbolic(REC->load, {0, \"unload\"}, {1, \"load\"})");
    EventShape message =
        EventShape.event("printk", "console", 5)
            .field("__data_loc char[] msg", 4, true)
            .print("\"%s\", __get_str(msg)");
    return new KvmEvents(order, exit, entry, other, message);
  }

  private static EventShape.Builder x86Exit(int id) {
    return EventShape.event("kvm", "kvm_exit", id)
        .field("unsigned int exit_reason", 4, false)
        .field("unsigned long guest_rip", 8, false)
        .field("u32 isa", 4, false)
        .field("u64 info1", 8, false)
        .field("u64 info2", 8, false)
        .field("u32 intr_info", 4, false)
        .field("u32 error_code", 4, false)
        .field("unsigned int vcpu_id", 4, false);
  }

  private static EventShape.Builder x86Entry(int id) {
    return EventShape.event("kvm", "kvm_entry", id)
        .field("unsigned int vcpu_id", 4, false)
        .field("unsigned long rip", 8, false)
        .field("bool immediate_exit", 1, false);
  }

  private static EventShape exit36(EventShape.Builder common) {
    return common
        .field("unsigned int exit_reason", 4, false)
        .field("unsigned long guest_rip", 8, false)
        .field("u32 isa", 4, false)
        .field("u64 info1", 8, false)
        .field("u64 info2", 8, false)
        .print(
            "\"reason %s rip 0x%lx info %llx %llx\", "
                + X86_REASONS.formatted("")
                + ", REC->guest_rip, REC->info1, REC->info2");
  }

  private static EventShape entry36(EventShape.Builder common) {
    return common.field("unsigned int vcpu_id", 4, false).print("\"vcpu %u\", REC->vcpu_id");
  }

  private static EventShape exit2631(EventShape.Builder common) {
    return common
        .field("unsigned int exit_reason", 4, false)
        .field("unsigned long guest_rip", 8, false)
        .print(
            "\"reason %s rip 0x%lx\", __print_symbolic(REC->exit_reason, { 12, \"HLT\" }, "
                + "{ 30, \"IO_INSTRUCTION\" }), REC->guest_rip");
  }

  /** 12 bytes of common fields, as until about 3.0 (the last four had other names, too). */
  private static EventShape.Builder oldCommon(String name, int id) {
    return EventShape.event("kvm", name, id).field("int common_lock_depth", 4, true);
  }

  private static EventShape.Builder rtCommon(String name, int id) {
    return EventShape.event("kvm", name, id)
        .field("unsigned short common_migrate_disable", 2, false)
        .field("unsigned short common_padding", 2, false)
        .field("unsigned int common_reserved", 4, false);
  }

  private static String x86Print(String suffix, String requests) {
    return "\"vcpu %u reason %s%s%s rip 0x%lx info1 0x%016llx info2 0x%016llx intr_info 0x%08x "
        + "error_code 0x%08x"
        + requests
        + "\", REC->vcpu_id, "
        + X86_REASONS.formatted(suffix)
        + ", REC->guest_rip, REC->info1, REC->info2, REC->intr_info, REC->error_code"
        + (requests.isEmpty() ? "" : ", REC->requests");
  }
}
