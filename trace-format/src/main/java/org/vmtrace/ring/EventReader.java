package org.vmtrace.ring;

/**
 * Reads what a batch wants of an event's payload. It is called for every event: all that can be
 * known of the formats is worked out once, when it is made.
 */
final class EventReader {
  private static final long NO_VCPU = -1;

  /** The value of {@code ret} by which a trap left an arm64 guest (ARM_EXCEPTION_TRAP). */
  private static final int ARM64_RET_TRAP = 2;

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
   * Fills the rows of the batch from {@code first} on, of which the times and the places of the
   * payloads are there already.
   *
   * @return the first row whose event is too short, see {@link #damage}; else the batch's size
   */
  int read(byte[] page, EventBatch batch, int first) {
    int rows = batch.size;
    for (int row = first; row < rows; row++) {
      int payload = batch.payloads[row];
      int payloadBytes = batch.payloadLengths[row];
      if (payloadBytes < commonBytes) {
        return row;
      }
      int id = endian.u16(page, payload + typeOffset);
      if (id == exitId) {
        if (payloadBytes < exitBytes) {
          return row;
        }
        exit(page, payload, batch, row);
      } else if (id == entryId) {
        if (payloadBytes < entryBytes) {
          return row;
        }
        entry(page, payload, batch, row);
      } else {
        other(id, batch, row);
      }
      batch.threads[row] = endian.i32(page, payload + pidOffset);
    }
    return rows;
  }

  /** What is wrong with the event in a row that {@link #read} has returned. */
  Damage damage(EventBatch batch, int row) {
    return batch.payloadLengths[row] < commonBytes
        ? Damage.EVENT_SHORTER_THAN_HEADER
        : Damage.EVENT_SHORTER_THAN_FORMAT;
  }

  private void exit(byte[] page, int payload, EventBatch batch, int row) {
    batch.kinds[row] = EventBatch.EXIT;
    batch.instructionPointers[row] = exitInstructionPointer.read(page, payload, 0);
    batch.vcpus[row] = (int) exitVcpu.read(page, payload, NO_VCPU);
    long code = reason.read(page, payload, 0);
    long which = qualifier.read(page, payload, 0);
    if (rule == ReasonRule.X86) {
      x86Reason(code & 0xffffffffL, which, batch, row);
    } else {
      otherReason(code, which, batch, row);
    }
  }

  private void entry(byte[] page, int payload, EventBatch batch, int row) {
    batch.kinds[row] = EventBatch.ENTRY;
    batch.codes[row] = 0;
    batch.flags[row] =
        immediateExit.read(page, payload, 0) == 0 ? (byte) 0 : EventBatch.IMMEDIATE_EXIT;
    batch.instructionPointers[row] = entryInstructionPointer.read(page, payload, 0);
    batch.vcpus[row] = (int) entryVcpu.read(page, payload, NO_VCPU);
  }

  private static void other(int id, EventBatch batch, int row) {
    batch.kinds[row] = EventBatch.OTHER;
    batch.codes[row] = id;
    batch.flags[row] = 0;
    batch.instructionPointers[row] = 0;
    batch.vcpus[row] = (int) NO_VCPU;
  }

  private static void x86Reason(long code, long isa, EventBatch batch, int row) {
    if (isa == X86_VMX) {
      int failed = (int) code < 0 ? EventBatch.FAILED_ENTRY : 0;
      batch.codes[row] = code & 0xffff;
      batch.flags[row] = (byte) (Isa.VMX.flags() | failed);
    } else {
      batch.codes[row] = code;
      batch.flags[row] = (isa == X86_SVM ? Isa.SVM : Isa.NONE).flags();
    }
  }

  private void otherReason(long code, long which, EventBatch batch, int row) {
    long number = code;
    Isa isa = Isa.NONE;
    if (rule == ReasonRule.ARM64) {
      boolean trap = code == ARM64_RET_TRAP && qualifier.present();
      isa = trap ? Isa.ARM64_TRAP : Isa.ARM64;
      number = trap ? which : code;
    } else if (rule == ReasonRule.RISCV) {
      isa = Isa.RISCV;
      if (reasonOfInt && (code & (1L << 31)) != 0) {
        // An interrupt: the top bit of the kernel's long.
        number = (code & 0x7fffffffL) | Long.MIN_VALUE;
      }
    }
    batch.codes[row] = number;
    batch.flags[row] = isa.flags();
  }
}
