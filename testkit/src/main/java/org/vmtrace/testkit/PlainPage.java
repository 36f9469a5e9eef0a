package org.vmtrace.testkit;

import java.util.List;

/**
 * One page as the reference decoder reads it.
 *
 * @param readable whether the page's header could be believed; if not, the page has no events, its
 *     stamp and its lost flag say nothing, and {@code damage} says why
 * @param stampNs the page's time stamp
 * @param lost whether events were lost before the page's first record
 * @param lostCount how many, 0 where the kernel did not store it
 * @param dataLength bytes of valid data
 * @param events in the order of the page
 * @param damage why the page could not be read to its end, null if it could
 */
public record PlainPage(
    boolean readable,
    long stampNs,
    boolean lost,
    long lostCount,
    int dataLength,
    List<PlainEvent> events,
    PlainDamage damage) {
  /** A page of which nothing can be read. */
  public static PlainPage unreadable(PlainDamage damage) {
    return new PlainPage(false, 0, false, 0, 0, List.of(), damage);
  }
}
