package org.vmtrace.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.vmtrace.ring.Damage;
import org.vmtrace.ring.EventBatch;
import org.vmtrace.ring.Isa;
import org.vmtrace.testkit.PlainEvent;
import org.vmtrace.testkit.PlainPage;

/** Takes rows as they come and holds them against what the plain decoder found. */
final class Agreement {
  private record Event(
      PlainEvent.Kind kind,
      long time,
      int thread,
      long code,
      String isa,
      boolean marked,
      Long pointer,
      int vcpu) {}

  private final List<Object> rows = new ArrayList<>();

  void take(EventBatch batch) {
    for (int row = 0; row < batch.size(); row++) {
      rows.add(of(batch, row));
    }
  }

  void compareWith(Iterable<PlainPage> pages) {
    List<Object> expected = new ArrayList<>();
    for (PlainPage page : pages) {
      if (page.readable()) {
        expected.add(
            List.of(
                page.stampNs(),
                page.dataLength(),
                page.lost(),
                page.lost() ? page.lostCount() : 0));
      }
      page.events().forEach(event -> expected.add(of(event)));
      if (page.damage() != null) {
        expected.add(List.of(page.damage().cause().name(), page.damage().offset()));
      }
    }
    assertThat(rows).isEqualTo(expected);
  }

  private static Object of(EventBatch batch, int row) {
    byte flags = batch.flags(row);
    long code = batch.code(row);
    return switch (batch.kind(row)) {
      case EventBatch.PAGE ->
          List.of(batch.time(row), batch.thread(row), (flags & EventBatch.LOST) != 0, code);
      case EventBatch.DAMAGE -> List.of(Damage.ofCode(code).name(), batch.thread(row));
      case EventBatch.EXIT ->
          event(batch, row, PlainEvent.Kind.EXIT, code, (flags & EventBatch.FAILED_ENTRY) != 0);
      case EventBatch.ENTRY ->
          event(batch, row, PlainEvent.Kind.ENTRY, 0, (flags & EventBatch.IMMEDIATE_EXIT) != 0);
      default -> event(batch, row, PlainEvent.Kind.OTHER, code, false);
    };
  }

  private static Event event(
      EventBatch batch, int row, PlainEvent.Kind kind, long code, boolean marked) {
    String isa = kind == PlainEvent.Kind.EXIT ? Isa.ofFlags(batch.flags(row)).name() : "NONE";
    return new Event(
        kind,
        batch.time(row),
        batch.thread(row),
        code,
        isa,
        marked,
        batch.hasInstructionPointer(row) ? batch.instructionPointer(row) : null,
        batch.vcpu(row));
  }

  private static Event of(PlainEvent event) {
    return new Event(
        event.kind(),
        event.timeNs(),
        event.pid(),
        event.kind() == PlainEvent.Kind.OTHER ? event.id() : event.code(),
        event.isa().name(),
        event.failedEntry() || event.immediateExit(),
        event.instructionPointer(),
        event.vcpu() == null ? -1 : event.vcpu());
  }
}
