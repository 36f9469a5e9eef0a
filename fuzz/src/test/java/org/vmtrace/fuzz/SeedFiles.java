package org.vmtrace.fuzz;

import java.nio.ByteOrder;
import org.vmtrace.testkit.EventShape;
import org.vmtrace.testkit.KvmEvents;
import org.vmtrace.testkit.PageShape;
import org.vmtrace.testkit.TraceDatBuilder;

/** Good files to begin with, as small as they can be. */
final class SeedFiles {
  /** A kernel with short format texts. */
  static final PageKind KIND =
      new PageKind(PageShape.of(256, ByteOrder.LITTLE_ENDIAN), KvmEvents.linux2631());

  private SeedFiles() {}

  static TraceDatBuilder dat() {
    TraceDatBuilder file = new TraceDatBuilder(KIND.shape);
    for (EventShape event : new EventShape[] {KIND.kernel.exit(), KIND.kernel.entry()}) {
      file.event(event);
    }
    return file.comm(1, "one")
        .uname("Linux host 6.1")
        .traceId(7)
        .cpuStat(0, "overrun: 5\n")
        .tscToNs(3, 1, 1)
        .pages(0, SeedPages.of(KIND))
        .pages(1, SeedPages.of(KIND))
        .pages("side", 1, SeedPages.of(KIND));
  }
}
