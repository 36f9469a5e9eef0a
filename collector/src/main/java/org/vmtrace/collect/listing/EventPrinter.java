package org.vmtrace.collect.listing;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.vmtrace.collect.console.LineOutput;
import org.vmtrace.event.EventFormat;
import org.vmtrace.event.EventSchema;
import org.vmtrace.event.ExitReasons;
import org.vmtrace.event.PayloadPrinter;
import org.vmtrace.event.Printable;
import org.vmtrace.ring.Endian;
import org.vmtrace.ring.EventBatch;
import org.vmtrace.ring.Isa;
import org.vmtrace.ring.ReasonRule;

/** Writes the names and fields of the events of one file. Not thread-safe. */
final class EventPrinter {
  private final EventSchema schema;
  private final ExitReasons reasons;
  private final Endian endian;
  private final Map<Integer, Kind> kinds = new HashMap<>();
  private final StringBuilder fields = new StringBuilder();

  /** An event as its format names it; without a printer if the file has no format of it. */
  private record Kind(String name, PayloadPrinter printer) {}

  /** A printer for the events of a file of that byte order. */
  EventPrinter(EventSchema schema, Endian endian) {
    this.schema = schema;
    this.reasons = schema.reasons();
    this.endian = endian;
  }

  /** Writes the event's name. */
  void name(EventBatch batch, int row, LineOutput out) throws IOException {
    out.text(kind(batch, row).name());
  }

  /** Writes the event's fields, each with a blank before it; of an exit first the reason. */
  void fields(EventBatch batch, int row, LineOutput out) throws IOException {
    PayloadPrinter printer = kind(batch, row).printer();
    boolean exit = batch.kind(row) == EventBatch.EXIT;
    if (exit && schema.fields().exit().rule() != ReasonRule.NONE) {
      reason(reasons.name(Isa.ofFlags(batch.flags(row)), batch.code(row)), out);
      if ((batch.flags(row) & EventBatch.FAILED_ENTRY) != 0) {
        out.text(" failed_entry");
      }
    }
    if (printer != null) {
      fields.setLength(0);
      printer.append(
          batch.bytes(), batch.payloadOffset(row), batch.payloadBytes(row), fields.append(' '));
      out.escaped(fields);
    } else if (batch.kind(row) != EventBatch.OTHER) {
      known(batch, row, out);
    }
  }

  private void reason(String name, LineOutput out) throws IOException {
    fields.setLength(0);
    fields.append(" reason=");
    if (name.indexOf(' ') >= 0 || name.indexOf('"') >= 0) {
      Printable.appendQuoted(fields, name);
    } else {
      fields.append(Printable.text(name));
    }
    out.escaped(fields);
  }

  /** What the batch tells of an exit or entry without a format. */
  private static void known(EventBatch batch, int row, LineOutput out) throws IOException {
    if (batch.hasInstructionPointer(row)) {
      out.text(" rip=").hex(batch.instructionPointer(row));
    }
    if (batch.vcpu(row) >= 0) {
      out.text(" vcpu=").number(batch.vcpu(row));
    }
  }

  private Kind kind(EventBatch batch, int row) {
    int id =
        switch (batch.kind(row)) {
          case EventBatch.EXIT -> schema.fields().exit().eventId();
          case EventBatch.ENTRY -> schema.fields().entry().eventId();
          default -> (int) batch.code(row);
        };
    Kind kind = kinds.get(id);
    if (kind == null) {
      kind = kind(id, batch.kind(row));
      kinds.put(id, kind);
    }
    return kind;
  }

  private Kind kind(int id, byte rowKind) {
    Optional<EventFormat> format = schema.format(id);
    if (format.isPresent()) {
      return new Kind(format.get().name(), new PayloadPrinter(format.get(), endian));
    }
    return new Kind(
        switch (rowKind) {
          case EventBatch.EXIT -> schema.pair().exitName();
          case EventBatch.ENTRY -> schema.pair().entryName();
          default -> "event-" + id;
        },
        null);
  }
}
