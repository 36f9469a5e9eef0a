package org.vmtrace.latency.moved;

import java.io.Serializable;

/**
 * Where a stream lacks events: from its last event before a loss to the stamp of the page after it,
 * both as standing just before that page's first event.
 *
 * @param from where it begins
 * @param to where it ends
 */
public record Gap(Place from, Place to) implements Serializable {
  /** Time of a gap that begins before all events of its stream. */
  public static final long BEFORE_ALL = Long.MIN_VALUE;

  /** Time of a gap after which no page could be read. */
  public static final long BEHIND_ALL = Long.MAX_VALUE;
}
