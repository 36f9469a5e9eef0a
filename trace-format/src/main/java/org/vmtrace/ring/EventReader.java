package org.vmtrace.ring;

/**
 * Reads what a batch wants of an event's payload. It is called for every event: all that can be
 * known of the formats is worked out once, when it is made.
 */
final class EventReader {
  /** In place of a kind: the event's payload is shorter than its format says. */
  static final byte TOO_SHORT = -1;

  private static final long NO_VCPU = -1;

  /** The value of {@code ret} by which a trap left an arm64 guest (ARM_EXCEPTION_TRAP). */
  private static final int ARM64_RET_TRAP = 2;

  private static final int ARM64_EARLY_RET_TRAP = 1;

  // arch/x86/kvm/trace.h: KVM_ISA_VMX, KVM_ISA_SVM
  private static final int X86_VMX = 1;
  private static final int X86_SVM = 2;

  private final Endian endian;
  private final int typeOffset;
  private final int pidOffset;
  private final int commonBytes;

  private final int exitId;
  private final int exitBytes;
  private final ReasonRule rule;
  private final boolean arm64;
  private final long arm64Trap;
  private final boolean reasonOfInt;
  private final FieldReader reason;
  private final FieldReader qualifier;
  private final FieldReader exitInstructionPointer;
  private final FieldReader exitVcpu;

  private final int entryId;
  private final int entryBytes;
  private final FieldReader entryInstructionPointer;
  private final FieldReader entryVcpu;
  private final FieldReader immediateExit;

  EventReader(EventFields fields, Endian endian) {
    this.endian = endian;
    typeOffset = fields.type().offset();
    pidOffset = fields.pid().offset();
    commonBytes = fields.commonBytes();
    ExitFields exit = fields.exit();
    exitId = exit.eventId();
    exitBytes = exit.minBytes();
    rule = exit.rule();
    arm64 = rule == ReasonRule.ARM64 || rule == ReasonRule.ARM64_EARLY;
    arm64Trap = rule == ReasonRule.ARM64 ? ARM64_RET_TRAP : ARM64_EARLY_RET_TRAP;
    reasonOfInt = exit.reason().bytes() == Integer.BYTES;
    reason = new FieldReader(exit.reason(), endian);
    qualifier = new FieldReader(exit.qualifier(), endian);
    exitInstructionPointer = new FieldReader(exit.instructionPointer(), endian);
    exitVcpu = new FieldReader(exit.vcpu(), endian);
    EntryFields entry = fields.entry();
    entryId = entry.eventId();
    entryBytes = entry.minBytes();
    entryInstructionPointer = new FieldReader(entry.instructionPointer(), endian);
    entryVcpu = new FieldReader(entry.vcpu(), endian);
    immediateExit = new FieldReader(entry.immediateExit(), endian);
  }

  /**
   * The kind of an event.
   *
   * @return {@link EventBatch#EXIT}, {@link EventBatch#ENTRY}, {@link EventBatch#OTHER}, or {@link
   *     #TOO_SHORT} if its payload is shorter than its format says
   */
  byte kind(byte[] page, int payload, int payloadBytes) {
    if (payloadBytes < commonBytes) {
      return TOO_SHORT;
    }
    int id = endian.u16(page, payload + typeOffset);
    if (id == exitId) {
      return payloadBytes < exitBytes ? TOO_SHORT : EventBatch.EXIT;
    }
    if (id == entryId) {
      return payloadBytes < entryBytes ? TOO_SHORT : EventBatch.ENTRY;
    }
    return EventBatch.OTHER;
  }

  /**
   * Reads an event into a row of the batch, all but its time and length. What few readers want is
   * read when it is asked for: {@link #instructionPointer} and {@link #vcpu}.
   *
   * @param kind the event's, see {@link #kind}
   */
  void read(byte[] page, int payload, byte kind, EventBatch batch, int row) {
    long code = 0;
    int flags = 0;
    if (kind == EventBatch.EXIT) {
      long number = reason.read(page, payload, 0);
      long which = qualifier.read(page, payload, 0);
      code = code(number, which);
      flags = flags(number, which);
    } else if (kind == EventBatch.ENTRY) {
      flags = immediateExit.read(page, payload, 0) == 0 ? 0 : EventBatch.IMMEDIATE_EXIT;
    } else {
      code = endian.u16(page, payload + typeOffset);
    }
    batch.codes[row] = code;
    batch.flags[row] = (byte) flags;
    batch.kinds[row] = kind;
    batch.threads[row] = endian.i32(page, payload + pidOffset);
    batch.payloads[row] = payload;
  }

  /** What is wrong with an event that is {@link #TOO_SHORT}. */
  Damage damage(int payloadBytes) {
    return payloadBytes < commonBytes
        ? Damage.EVENT_SHORTER_THAN_HEADER
        : Damage.EVENT_SHORTER_THAN_FORMAT;
  }

  /**
   * The guest's instruction pointer in the payload of an event of this kind, 0 where it has none.
   */
  long instructionPointer(byte[] page, int payload, byte kind) {
    return switch (kind) {
      case EventBatch.EXIT -> exitInstructionPointer.read(page, payload, 0);
      case EventBatch.ENTRY -> entryInstructionPointer.read(page, payload, 0);
      default -> 0;
    };
  }

  /** Whether events of this kind tell the guest's instruction pointer. */
  boolean hasInstructionPointer(byte kind) {
    return switch (kind) {
      case EventBatch.EXIT -> exitInstructionPointer.present();
      case EventBatch.ENTRY -> entryInstructionPointer.present();
      default -> false;
    };
  }

  /** The number of the vCPU in the payload of an event of this kind, -1 where it has none. */
  int vcpu(byte[] page, int payload, byte kind) {
    return switch (kind) {
      case EventBatch.EXIT -> (int) exitVcpu.read(page, payload, NO_VCPU);
      case EventBatch.ENTRY -> (int) entryVcpu.read(page, payload, NO_VCPU);
      default -> (int) NO_VCPU;
    };
  }

  /**
   * The reason code of an exit.
   *
   * @param number what the exit gives as its reason
   * @param which what tells how to read it: the isa on x86, the class of a trap on arm64
   */
  private long code(long number, long which) {
    // No switch: it would look at a table in memory for each event.
    if (rule == ReasonRule.X86) {
      return number & (which == X86_VMX ? 0xffff : 0xffffffffL);
    }
    if (arm64 && isArm64Trap(number)) {
      return which;
    }
    if (rule == ReasonRule.RISCV && reasonOfInt && (number & (1L << 31)) != 0) {
      // An interrupt: the top bit of the kernel's long, of which an int has kept bit 31.
      return (number & 0x7fffffffL) | Long.MIN_VALUE;
    }
    return number;
  }

  /** The flags of an exit, see {@link #code}. */
  private int flags(long number, long which) {
    if (rule == ReasonRule.X86) {
      return x86Flags((int) number, which);
    }
    if (arm64) {
      return (isArm64Trap(number) ? Isa.ARM64_TRAP : Isa.ARM64).flags();
    }
    return (rule == ReasonRule.RISCV ? Isa.RISCV : Isa.NONE).flags();
  }

  private static int x86Flags(int number, long isa) {
    if (isa == X86_VMX) {
      return number < 0 ? Isa.VMX.flags() | EventBatch.FAILED_ENTRY : Isa.VMX.flags();
    }
    return isa == X86_SVM ? Isa.SVM.flags() : Isa.NONE.flags();
  }

  private boolean isArm64Trap(long number) {
    return number == arm64Trap && qualifier.present();
  }
}
