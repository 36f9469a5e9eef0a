package org.vmtrace.event;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.vmtrace.ring.Isa;

/**
 * Reason codes as today's kernels name them, for recordings without a print format.
 *
 * <p>Sources: the print format of kvm_exit of Linux 7.3 on x86 (VMX, SVM); the Arm Architecture
 * Reference Manual's exception classes in the kernel's spelling; the RISC-V privileged
 * specification's {@code scause}.
 */
final class KnownReasons {
  private static final Map<Isa, Map<Long, String>> NAMES = new EnumMap<>(Isa.class);

  static {
    NAMES.put(
        Isa.VMX,
        table(
            10,
            """
            0 EXCEPTION_NMI, 1 EXTERNAL_INTERRUPT, 2 TRIPLE_FAULT, 3 INIT_SIGNAL,
            4 SIPI_SIGNAL, 7 INTERRUPT_WINDOW, 8 NMI_WINDOW, 9 TASK_SWITCH, 10 CPUID, 12 HLT,
            13 INVD, 14 INVLPG, 15 RDPMC, 16 RDTSC, 18 VMCALL, 19 VMCLEAR, 20 VMLAUNCH,
            21 VMPTRLD, 22 VMPTRST, 23 VMREAD, 24 VMRESUME, 25 VMWRITE, 26 VMOFF, 27 VMON,
            28 CR_ACCESS, 29 DR_ACCESS, 30 IO_INSTRUCTION, 31 MSR_READ, 32 MSR_WRITE,
            33 INVALID_STATE, 34 MSR_LOAD_FAIL, 36 MWAIT_INSTRUCTION, 37 MONITOR_TRAP_FLAG,
            39 MONITOR_INSTRUCTION, 40 PAUSE_INSTRUCTION, 41 MCE_DURING_VMENTRY,
            43 TPR_BELOW_THRESHOLD, 44 APIC_ACCESS, 45 EOI_INDUCED, 46 GDTR_IDTR, 47 LDTR_TR,
            48 EPT_VIOLATION, 49 EPT_MISCONFIG, 50 INVEPT, 51 RDTSCP, 52 PREEMPTION_TIMER,
            53 INVVPID, 54 WBINVD, 55 XSETBV, 56 APIC_WRITE, 57 RDRAND, 58 INVPCID, 59 VMFUNC,
            60 ENCLS, 61 RDSEED, 62 PML_FULL, 63 XSAVES, 64 XRSTORS, 67 UMWAIT, 68 TPAUSE,
            74 BUS_LOCK, 75 NOTIFY, 77 TDCALL, 84 MSR_READ_IMM, 85 MSR_WRITE_IMM\
            """));
    NAMES.put(
        Isa.SVM,
        table(
            16,
            """
            0 read_cr0, 2 read_cr2, 3 read_cr3, 4 read_cr4, 8 read_cr8, 10 write_cr0,
            12 write_cr2, 13 write_cr3, 14 write_cr4, 18 write_cr8, 20 read_dr0, 21 read_dr1,
            22 read_dr2, 23 read_dr3, 24 read_dr4, 25 read_dr5, 26 read_dr6, 27 read_dr7,
            30 write_dr0, 31 write_dr1, 32 write_dr2, 33 write_dr3, 34 write_dr4, 35 write_dr5,
            36 write_dr6, 37 write_dr7, 40 DE excp, 41 DB excp, 43 BP excp, 44 OF excp,
            45 BR excp, 46 UD excp, 47 NM excp, 48 DF excp, 4a TS excp, 4b NP excp, 4c SS excp,
            4d GP excp, 4e PF excp, 50 MF excp, 51 AC excp, 52 MC excp, 53 XF excp,
            60 interrupt, 61 nmi, 62 smi, 63 init, 64 vintr, 65 cr0_sel_write, 66 read_idtr,
            67 read_gdtr, 68 read_ldtr, 69 read_rt, 6a write_idtr, 6b write_gdtr,
            6c write_ldtr, 6d write_rt, 6e rdtsc, 6f rdpmc, 70 pushf, 71 popf, 72 cpuid,
            73 rsm, 74 iret, 75 swint, 76 invd, 77 pause, 78 hlt, 79 invlpg, 7a invlpga, 7b io,
            7c msr, 7d task_switch, 7e ferr_freeze, 7f shutdown, 80 vmrun, 81 hypercall,
            82 vmload, 83 vmsave, 84 stgi, 85 clgi, 86 skinit, 87 rdtscp, 88 icebp, 89 wbinvd,
            8a monitor, 8b mwait, 8d xsetbv, 8f write_efer_trap, 90 write_cr0_trap,
            94 write_cr4_trap, 98 write_cr8_trap, a2 invpcid, a5 buslock, a6 idle-halt,
            400 npf, 401 avic_incomplete_ipi, 402 avic_unaccelerated_access, 403 vmgexit,
            80000001 vmgexit_mmio_read, 80000002 vmgexit_mmio_write,
            80000003 vmgexit_nmi_complete, 80000004 vmgexit_ap_hlt_loop,
            80000005 vmgexit_ap_jump_table, 80000010 vmgexit_page_state_change,
            80000011 vmgexit_guest_request, 80000012 vmgexit_ext_guest_request,
            80000013 vmgexit_ap_creation, 8000fffd vmgexit_hypervisor_feature,
            ffffffff invalid_guest_state\
            """));
    NAMES.put(Isa.ARM64, table(10, "0 IRQ, 1 EL1_SERROR, 2 TRAP, 3 IL, 195938833 HYP_GONE"));
    NAMES.put(
        Isa.ARM64_TRAP,
        table(
            16,
            """
            0 UNKNOWN, 1 WFx, 3 CP15_32, 4 CP15_64, 5 CP14_MR, 6 CP14_LS, 7 FP_ASIMD, 9 PAC,
            c CP14_64, 11 SVC64, 12 HVC32, 13 SMC32, 16 HVC64, 17 SMC64, 18 SYS64, 19 SVE, 1a ERET,
            20 IABT_LOW, 21 IABT_CUR, 22 PC_ALIGN, 24 DABT_LOW, 25 DABT_CUR, 26 SP_ALIGN,
            2c FP_EXC64, 2f SERROR, 30 BREAKPT_LOW, 31 BREAKPT_CUR, 32 SOFTSTP_LOW, 33 SOFTSTP_CUR,
            34 WATCHPT_LOW, 35 WATCHPT_CUR, 38 BKPT32, 3a VECTOR32, 3c BRK64\
            """));
    NAMES.put(
        Isa.RISCV,
        table(
            16,
            """
            0 instruction misaligned, 1 instruction access fault, 2 illegal instruction,
            3 breakpoint, 4 load misaligned, 5 load access fault, 6 store misaligned,
            7 store access fault, 8 user environment call, 9 supervisor environment call,
            a guest environment call, c instruction page fault, d load page fault,
            f store page fault, 14 guest instruction page fault, 15 guest load page fault,
            16 virtual instruction, 17 guest store page fault, 8000000000000001 software interrupt,
            8000000000000005 timer interrupt, 8000000000000009 external interrupt\
            """));
  }

  private KnownReasons() {}

  /** The name of a code, or null. */
  static String name(Isa isa, long code) {
    Map<Long, String> table = NAMES.get(isa);
    return table == null ? null : table.get(code);
  }

  /** Whether a code of any kind has this name, case ignored. */
  static boolean knows(String name) {
    return NAMES.values().stream()
        .anyMatch(table -> table.values().stream().anyMatch(name::equalsIgnoreCase));
  }

  private static Map<Long, String> table(int radix, String text) {
    Map<Long, String> table = new HashMap<>();
    for (String entry : text.replace('\n', ' ').split(",", -1)) {
      String[] codeAndName = entry.strip().split(" ", 2);
      table.put(Long.parseUnsignedLong(codeAndName[0], radix), codeAndName[1]);
    }
    return table;
  }
}
