package org.vmtrace.testkit;

import java.util.Comparator;

/**
 * A place in a recording's total order (design, section 4, "Threads that moved").
 *
 * @param index of the event on its page; -1 stands just before the page's first event
 * @param event null if the place is not an event's
 */
record PlainPlace(long timeNs, int stream, int page, int index, PlainEvent event)
    implements Comparable<PlainPlace> {
  private static final Comparator<PlainPlace> ORDER =
      Comparator.comparingLong(PlainPlace::timeNs)
          .thenComparingInt(PlainPlace::stream)
          .thenComparingInt(PlainPlace::page)
          .thenComparingInt(PlainPlace::index);

  static PlainPlace of(PlainEvent event, int stream) {
    return new PlainPlace(event.timeNs(), stream, event.page(), event.index(), event);
  }

  static PlainPlace before(int page, int stream, long timeNs) {
    return new PlainPlace(timeNs, stream, page, -1, null);
  }

  @Override
  public int compareTo(PlainPlace other) {
    return ORDER.compare(this, other);
  }
}
