package org.vmtrace.testkit;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a stream lacks events, in the total order of its recording (design, section 4, "Threads
 * that moved"): from the last event before the gap to the stamp of the page after it, both as
 * standing just before that page's first event.
 */
record PlainLoss(PlainPlace from, PlainPlace to) {
  /** Whether the loss and the time from an exit to an entry have something in common. */
  boolean overlaps(PlainPlace exit, PlainPlace entry) {
    return exit.compareTo(to) < 0 && entry.compareTo(from) > 0;
  }

  /** All losses of a stream. */
  static List<PlainLoss> of(PlainStream stream, int streamIndex) {
    List<PlainLoss> losses = new ArrayList<>();
    long lastTime = Long.MIN_VALUE;
    boolean damaged = false;
    for (int index = 0; index < stream.pages().size(); index++) {
      PlainPage page = stream.pages().get(index);
      if (page.readable() && (page.lost() || damaged)) {
        losses.add(
            new PlainLoss(
                PlainPlace.before(index, streamIndex, lastTime),
                PlainPlace.before(index, streamIndex, page.stampNs())));
        damaged = false;
      }
      for (PlainEvent event : page.events()) {
        lastTime = event.timeNs();
      }
      damaged |= page.damage() != null;
    }
    if (damaged) {
      int end = stream.pages().size();
      losses.add(
          new PlainLoss(
              PlainPlace.before(end, streamIndex, lastTime),
              PlainPlace.before(end, streamIndex, Long.MAX_VALUE)));
    }
    return losses;
  }
}
