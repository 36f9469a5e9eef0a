package org.vmtrace.fuzz;

import java.io.ByteArrayOutputStream;
import org.vmtrace.testkit.PageBuilder;
import org.vmtrace.testkit.PlainIsa;

/** Good pages to begin with: every kind of record, a loss, padding. */
final class SeedPages {
  private SeedPages() {}

  static byte[] of(PageKind kind) {
    ByteArrayOutputStream pages = new ByteArrayOutputStream();
    pages.writeBytes(events(kind, 1_000_000).build());
    pages.writeBytes(timeRecords(kind).build());
    pages.writeBytes(events(kind, 5_000_000_000L).lost(17).upperHalfOnes().build());
    return pages.toByteArray();
  }

  private static PageBuilder events(PageKind kind, long stamp) {
    PageBuilder page = new PageBuilder(kind.shape, stamp);
    long time = stamp;
    for (int i = 0; page.fits(time, payload(kind, i)); i++) {
      page.event(time, payload(kind, i));
      time += 1000;
    }
    return page.filler();
  }

  private static PageBuilder timeRecords(PageKind kind) {
    PageBuilder page = new PageBuilder(kind.shape, (9L << 59) + 5).timeExtend(1L << 30);
    page.absolute((9L << 59) + (1L << 40)).discarded(1, 8).discarded(7, 8);
    byte[] other = kind.kernel.other(5);
    return page.longRecord(3, other).record(4, other).restIsPadding();
  }

  private static byte[] payload(PageKind kind, int event) {
    return event % 2 == 0
        ? kind.kernel.exit(100, PlainIsa.VMX, 0x8000000cL, 0x1000, 1)
        : kind.kernel.entry(100, 0x1000, 1, true);
  }
}
