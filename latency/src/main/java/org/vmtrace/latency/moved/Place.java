package org.vmtrace.latency.moved;

import java.io.Serializable;

/**
 * A place in the total order of a recording's events: by time, then stream, then page, then index
 * on the page.
 *
 * @param time in units of the clock
 * @param stream the stream's number in its recording
 * @param page a number that grows with the stream's pages
 * @param index the row on the page; -1 stands just before the page's first event
 */
public record Place(long time, int stream, long page, int index)
    implements Comparable<Place>, Serializable {
  @Override
  public int compareTo(Place other) {
    int order = Long.compare(time, other.time);
    order = order != 0 ? order : Integer.compare(stream, other.stream);
    order = order != 0 ? order : Long.compare(page, other.page);
    return order != 0 ? order : Integer.compare(index, other.index);
  }
}
