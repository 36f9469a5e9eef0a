package org.vmtrace.testkit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Reads exits and entries from payloads: which fields there are decides what the reason is (fact
 * sheet, section 4.1; design, section 3, "Reason code").
 */
public final class PlainKvm {
  private static final String[] POINTERS = {"guest_rip", "rip", "vcpu_pc", "sepc", "pc"};

  private final EventShape exit;
  private final EventShape entry;
  private final String reasonField;

  /** The pair of events whose reasons are read as KVM's. */
  public PlainKvm(EventShape exit, EventShape entry) {
    this(exit, entry, null);
  }

  /**
   * A pair of events.
   *
   * @param reasonField the exit's field that holds the reason, or null for KVM's own rules
   */
  public PlainKvm(EventShape exit, EventShape entry, String reasonField) {
    this.exit = exit;
    this.entry = entry;
    this.reasonField = reasonField;
  }

  /** The pair that a builder writes. */
  public static PlainKvm of(KvmEvents events) {
    return new PlainKvm(events.exit(), events.entry());
  }

  /** What a payload must have for its type and thread to be read. */
  int commonBytes() {
    return Math.max(end("common_type"), end("common_pid"));
  }

  /** The event in a payload, or empty if it is shorter than the event's format. */
  Optional<PlainEvent> read(
      byte[] payload, ByteOrder order, long timeNs, int cpu, int page, int index) {
    int id = (int) value(exit, "common_type", payload, order);
    int pid = (int) value(exit, "common_pid", payload, order);
    if (id == exit.id()) {
      if (payload.length < exit.fieldsEnd()) {
        return Optional.empty();
      }
      return Optional.of(exit(payload, order, timeNs, pid, cpu, page, index));
    }
    if (id == entry.id()) {
      if (payload.length < entry.fieldsEnd()) {
        return Optional.empty();
      }
      boolean immediate =
          entry.find("immediate_exit").isPresent()
              && value(entry, "immediate_exit", payload, order) != 0;
      return Optional.of(
          new PlainEvent(
              PlainEvent.Kind.ENTRY,
              timeNs,
              pid,
              cpu,
              id,
              PlainIsa.NONE,
              0,
              false,
              immediate,
              pointer(entry, payload, order),
              vcpu(entry, payload, order),
              page,
              index));
    }
    return Optional.of(
        new PlainEvent(
            PlainEvent.Kind.OTHER,
            timeNs,
            pid,
            cpu,
            id,
            PlainIsa.NONE,
            0,
            false,
            false,
            null,
            null,
            page,
            index));
  }

  private PlainEvent exit(
      byte[] payload, ByteOrder order, long timeNs, int pid, int cpu, int page, int index) {
    PlainIsa isa = PlainIsa.NONE;
    long code = 0;
    boolean failedEntry = false;
    if (reasonField != null) {
      code = value(exit, reasonField, payload, order);
    } else if (exit.find("exit_reason").isPresent()) {
      code = value(exit, "exit_reason", payload, order);
      if (exit.find("isa").isPresent()) {
        long number = value(exit, "isa", payload, order);
        isa = number == 1 ? PlainIsa.VMX : number == 2 ? PlainIsa.SVM : PlainIsa.NONE;
      }
      if (isa == PlainIsa.VMX) {
        failedEntry = (code & 0x80000000L) != 0;
        code &= 0xffff;
      }
    } else if (exit.find("esr_ec").isPresent()) {
      long ret = value(exit, "ret", payload, order);
      isa = ret == 2 ? PlainIsa.ARM64_TRAP : PlainIsa.ARM64;
      code = ret == 2 ? value(exit, "esr_ec", payload, order) : ret;
    } else if (exit.find("scause").isPresent()) {
      isa = PlainIsa.RISCV;
      code = value(exit, "scause", payload, order);
    }
    return new PlainEvent(
        PlainEvent.Kind.EXIT,
        timeNs,
        pid,
        cpu,
        exit.id(),
        isa,
        code,
        failedEntry,
        false,
        pointer(exit, payload, order),
        vcpu(exit, payload, order),
        page,
        index);
  }

  private static Long pointer(EventShape event, byte[] payload, ByteOrder order) {
    for (String name : POINTERS) {
      if (event.find(name).isPresent()) {
        return value(event, name, payload, order);
      }
    }
    return null;
  }

  private static Integer vcpu(EventShape event, byte[] payload, ByteOrder order) {
    return event.find("vcpu_id").isPresent()
        ? (Integer) (int) value(event, "vcpu_id", payload, order)
        : null;
  }

  private int end(String name) {
    EventShape.Field field = exit.find(name).orElseThrow();
    return field.offset() + field.bytes();
  }

  private static long value(EventShape event, String name, byte[] payload, ByteOrder order) {
    EventShape.Field field = event.find(name).orElseThrow();
    ByteBuffer bytes = ByteBuffer.wrap(payload).order(order);
    int at = field.offset();
    boolean signed = field.signed();
    return switch (field.bytes()) {
      case 1 -> signed ? bytes.get(at) : bytes.get(at) & 0xff;
      case 2 -> signed ? bytes.getShort(at) : bytes.getShort(at) & 0xffff;
      case 4 -> signed ? bytes.getInt(at) : bytes.getInt(at) & 0xffffffffL;
      case 8 -> bytes.getLong(at);
      default -> throw new IllegalArgumentException("no number: " + field);
    };
  }
}
