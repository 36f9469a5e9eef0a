package org.vmtrace.testkit;

import java.util.List;

/** The pages of one CPU, in the order in which the kernel gave them. */
public record PlainStream(int cpu, List<PlainPage> pages) {
  /** All events of the stream, in order. */
  public List<PlainEvent> events() {
    return pages.stream().flatMap(page -> page.events().stream()).toList();
  }
}
