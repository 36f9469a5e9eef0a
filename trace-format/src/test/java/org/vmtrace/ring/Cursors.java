package org.vmtrace.ring;

import java.nio.ByteOrder;
import org.vmtrace.event.EventFormats;
import org.vmtrace.event.EventPair;
import org.vmtrace.event.EventSchema;
import org.vmtrace.event.FormatTextException;
import org.vmtrace.event.HeaderPage;
import org.vmtrace.testkit.EventShape;
import org.vmtrace.testkit.KvmEvents;
import org.vmtrace.testkit.PageBuilder;
import org.vmtrace.testkit.PageShape;

/** Reads pages that tests have built, by the texts that their kernel prints. */
final class Cursors {
  /** The shortest event: a word and the kernel's shortest payload. */
  private static final int SHORTEST = 8;

  private Cursors() {}

  /** A cursor for pages of this shape, with the events of this kernel. */
  static RecordCursor of(PageShape shape, KvmEvents kernel) throws FormatTextException {
    EventFormats.Builder formats = EventFormats.builder();
    for (EventShape event : kernel.all()) {
      formats.add(event.system(), event.formatText());
    }
    return new RecordCursor(
        HeaderPage.parse(shape.headerPageText(), endian(shape)),
        EventSchema.of(formats.build(), EventPair.KVM).fields());
  }

  /** All rows of a page. */
  static EventBatch rows(PageShape shape, KvmEvents kernel, byte[] page)
      throws FormatTextException {
    RecordCursor cursor = of(shape, kernel);
    EventBatch batch = new EventBatch(page.length / SHORTEST + 1);
    batch.clear(0);
    cursor.open(page, 0, page.length, 0);
    if (!cursor.fill(batch)) {
      throw new AssertionError("a page has more rows than it can hold");
    }
    return batch;
  }

  /** All rows of a page of x86-64. */
  static EventBatch rows(KvmEvents kernel, PageBuilder page) throws FormatTextException {
    return rows(PageShape.X86_64, kernel, page.build());
  }

  private static Endian endian(PageShape shape) {
    return shape.order() == ByteOrder.BIG_ENDIAN ? Endian.big() : Endian.little();
  }
}
