package org.vmtrace.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.vmtrace.event.FormatTextException;
import org.vmtrace.testkit.KvmEvents;
import org.vmtrace.testkit.PageBuilder;
import org.vmtrace.testkit.PageShape;
import org.vmtrace.testkit.PlainDecoder;
import org.vmtrace.testkit.PlainEvent;
import org.vmtrace.testkit.PlainPage;

/**
 * One page for a test. The plain decoder, which shares no code with the cursor, must say the same
 * of every page.
 */
final class CraftedPage {
  static final long STAMP = 658_185_578_315L;
  static final KvmEvents KERNEL = KvmEvents.linux61();
  static final byte[] EVENT = KERNEL.other(1);

  private CraftedPage() {}

  /** What the cursor found on a page. */
  record Found(boolean lost, long count, List<Long> times, List<Damage> damage) {}

  /** A page to put records on. */
  static PageBuilder page() {
    return new PageBuilder(PageShape.X86_64, STAMP);
  }

  /** What the cursor finds on a page of {@link #KERNEL}. */
  static Found read(PageBuilder page) throws FormatTextException {
    return read(PageShape.X86_64, KERNEL, page.build());
  }

  /** What the cursor finds on a page. */
  static Found read(PageShape shape, KvmEvents kernel, byte[] page) throws FormatTextException {
    Found found = found(Cursors.rows(shape, kernel, page));
    assertThat(found)
        .as("what the plain decoder says")
        .isEqualTo(found(PlainDecoder.of(shape, kernel).page(0, 0, page)));
    return found;
  }

  private static Found found(EventBatch batch) {
    boolean lost = false;
    long count = 0;
    List<Long> times = new ArrayList<>();
    List<Damage> damage = new ArrayList<>();
    for (int row = 0; row < batch.size(); row++) {
      switch (batch.kind(row)) {
        case EventBatch.PAGE -> {
          lost = (batch.flags(row) & EventBatch.LOST) != 0;
          count = batch.code(row);
        }
        case EventBatch.DAMAGE -> damage.add(Damage.ofCode(batch.code(row)));
        default -> times.add(batch.time(row));
      }
    }
    return new Found(lost, count, times, damage);
  }

  private static Found found(PlainPage page) {
    return new Found(
        page.lost(),
        page.lostCount(),
        page.events().stream().map(PlainEvent::timeNs).toList(),
        page.damage() == null ? List.of() : List.of(Damage.valueOf(page.damage().cause().name())));
  }
}
