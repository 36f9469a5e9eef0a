package org.vmtrace.collect.listing;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.vmtrace.latency.ThreadKey;
import org.vmtrace.latency.moved.Gaps;
import org.vmtrace.latency.moved.Place;
import org.vmtrace.recording.MergedStreams;
import org.vmtrace.ring.EventBatch;

/**
 * Finds the latency that each entry of a recording closes, by the rules of the summary, while its
 * streams are read merged by time. Where time steps back within a stream, a thread that moved is
 * paired in the order of the listing, while the summary sorts its events first. Not thread-safe.
 */
final class OpenExits {
  /** No latency. */
  static final long NONE = -1;

  private final Set<Long> moved;
  private final Gaps gaps;
  private final Map<Long, Exit> open = new HashMap<>();

  /**
   * An exit that no entry has closed.
   *
   * @param cuts the stream's {@link ListedStream#cuts()}
   * @param place where it stands; null for a thread that did not move
   */
  private record Exit(long time, int cuts, Place place) {}

  /**
   * Nothing open.
   *
   * @param moved the {@link ThreadKey}s of threads with events on several streams
   * @param gaps where the streams lack events; those that begin before an event must be known when
   *     it comes
   */
  OpenExits(Set<Long> moved, Gaps gaps) {
    this.moved = moved;
    this.gaps = gaps;
  }

  /**
   * Takes the event that the streams stand at, in the order of time.
   *
   * @param stream the event's
   * @return the latency that it closes; {@link #NONE} if it closes none
   */
  long accept(MergedStreams merged, ListedStream stream) {
    EventBatch batch = merged.batch();
    int row = merged.row();
    long time = batch.time(row);
    byte kind = batch.kind(row);
    if (kind == EventBatch.OTHER) {
      return NONE;
    }
    long key = ThreadKey.of(batch.thread(row), batch.cpu());
    Place place = moved.contains(key) ? merged.place() : null;
    if (kind == EventBatch.EXIT) {
      open.put(key, new Exit(time, stream.cuts(), place));
      return NONE;
    }
    Exit exit = open.remove(key);
    if (exit == null) {
      return NONE;
    }
    boolean cut =
        place == null
            ? exit.cuts != stream.cuts()
            : time < exit.time || gaps.overlap(exit.place, place);
    return cut ? NONE : time - exit.time;
  }
}
