package org.vmtrace.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.vmtrace.ring.Damage;
import org.vmtrace.ring.EventBatch;
import org.vmtrace.ring.Isa;
import org.vmtrace.testkit.PlainEvent;
import org.vmtrace.testkit.PlainPage;
import org.vmtrace.testkit.PlainStream;

/** Rows as text, from the project's reader and from the plain reference, to compare them. */
public final class Rows {
  private Rows() {}

  /** All rows of a stream. */
  public static List<String> of(TraceFile file, PageStream stream) throws IOException {
    return of(file, stream, List.of(stream.whole()), EventBatch.DEFAULT_CAPACITY);
  }

  /** The rows of some parts of a stream, read with a batch of that capacity. */
  public static List<String> of(
      TraceFile file, PageStream stream, List<Extent> extents, int capacity) throws IOException {
    List<String> rows = new ArrayList<>();
    EventBatch batch = new EventBatch(capacity);
    for (Extent extent : extents) {
      StreamReader reader = new StreamReader(file, stream, extent);
      while (reader.next(batch)) {
        for (int row = 0; row < batch.size(); row++) {
          rows.add(text(batch, row));
        }
      }
    }
    return rows;
  }

  /** What the reference found. */
  public static List<String> of(PlainStream stream) {
    List<String> rows = new ArrayList<>();
    for (PlainPage page : stream.pages()) {
      if (page.readable()) {
        rows.add(page(page.stampNs(), page.dataLength(), page.lost(), page.lostCount()));
      }
      page.events().forEach(event -> rows.add(text(event)));
      if (page.damage() != null) {
        rows.add(damage(page.damage().cause(), page.damage().offset()));
      }
    }
    return rows;
  }

  private static String text(EventBatch batch, int row) {
    byte flags = batch.flags(row);
    Long pointer = batch.hasInstructionPointer(row) ? batch.instructionPointer(row) : null;
    int vcpu = batch.vcpu(row);
    return switch (batch.kind(row)) {
      case EventBatch.PAGE ->
          page(batch.time(row), batch.thread(row), (flags & EventBatch.LOST) != 0, batch.code(row));
      case EventBatch.DAMAGE -> damage(Damage.ofCode(batch.code(row)), batch.thread(row));
      case EventBatch.OTHER ->
          event("OTHER", batch.time(row), batch.thread(row), batch.cpu(), batch.code(row));
      case EventBatch.ENTRY ->
          event("ENTRY", batch.time(row), batch.thread(row), batch.cpu(), 0)
              + entry((flags & EventBatch.IMMEDIATE_EXIT) != 0, pointer, vcpu);
      default ->
          event("EXIT", batch.time(row), batch.thread(row), batch.cpu(), batch.code(row))
              + exit(Isa.ofFlags(flags), (flags & EventBatch.FAILED_ENTRY) != 0, pointer, vcpu);
    };
  }

  private static String text(PlainEvent event) {
    Long pointer = event.instructionPointer();
    int vcpu = event.vcpu() == null ? -1 : event.vcpu();
    return switch (event.kind()) {
      case OTHER -> event("OTHER", event.timeNs(), event.pid(), event.cpu(), event.id());
      case ENTRY ->
          event("ENTRY", event.timeNs(), event.pid(), event.cpu(), 0)
              + entry(event.immediateExit(), pointer, vcpu);
      case EXIT ->
          event("EXIT", event.timeNs(), event.pid(), event.cpu(), event.code())
              + exit(event.isa(), event.failedEntry(), pointer, vcpu);
    };
  }

  private static String page(long stamp, int dataBytes, boolean lost, long count) {
    return "PAGE at " + stamp + ", " + dataBytes + " bytes, lost " + lost + " " + count;
  }

  private static String damage(Enum<?> cause, int offset) {
    return "DAMAGE " + cause + " at " + offset;
  }

  private static String event(String kind, long time, int thread, int cpu, long code) {
    return kind + " " + time + " thread " + thread + " cpu " + cpu + " code " + code;
  }

  private static String entry(boolean immediate, Long pointer, int vcpu) {
    return " immediate " + immediate + " rip " + hex(pointer) + " vcpu " + vcpu;
  }

  private static String exit(Enum<?> isa, boolean failed, Long pointer, int vcpu) {
    return " " + isa + " failed " + failed + " rip " + hex(pointer) + " vcpu " + vcpu;
  }

  private static String hex(Long pointer) {
    return pointer == null ? "none" : Long.toHexString(pointer);
  }
}
