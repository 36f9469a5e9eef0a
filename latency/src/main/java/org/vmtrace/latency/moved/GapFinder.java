package org.vmtrace.latency.moved;

import org.vmtrace.ring.EventBatch;

/**
 * Finds the gaps of one stream from its rows, and gives each row its place in the total order. Not
 * thread-safe.
 */
public final class GapFinder {
  /** Takes what is found. */
  public interface Sink {
    /** A gap, as soon as its end is known. */
    void gap(Gap gap);
  }

  private final int stream;
  private final boolean cut;
  private final Sink sink;
  private long page = -1;
  private int index;
  private long lastTime;
  private boolean missing;

  /**
   * A finder for a stream or for one of its splits.
   *
   * @param stream the stream's number in its recording
   * @param timeBefore the last event's time before the split, null where there is none
   * @param cut whether the file has nothing of what followed on the last row
   * @param sink takes the gaps
   */
  public GapFinder(int stream, Long timeBefore, boolean cut, Sink sink) {
    this.stream = stream;
    this.cut = cut;
    this.lastTime = timeBefore == null ? Gap.BEFORE_ALL : timeBefore;
    this.sink = sink;
  }

  /** Takes the next row of the stream. */
  public void accept(EventBatch batch, int row) {
    switch (batch.kind(row)) {
      case EventBatch.PAGE -> {
        // The pages of a packed chunk share its position: there a page's start takes an index.
        index = page == batch.position(row) ? index + 1 : -1;
        page = batch.position(row);
        if (missing || (batch.flags(row) & EventBatch.LOST) != 0) {
          gap(page, index, batch.time(row));
        }
        missing = false;
      }
      case EventBatch.DAMAGE -> missing = true;
      default -> {
        index++;
        lastTime = batch.time(row);
      }
    }
  }

  /** The place of the event that was accepted last. */
  public Place place() {
    return new Place(lastTime, stream, page, index);
  }

  /**
   * Ends the split.
   *
   * @param end where the split ends in the file: no page after it lies before
   * @param stampAfter the first page stamp after the split, null where there is none
   */
  public void finish(long end, Long stampAfter) {
    if (missing || cut) {
      gap(end, -1, stampAfter == null ? Gap.BEHIND_ALL : stampAfter);
    }
  }

  private void gap(long beforePage, int beforeIndex, long end) {
    sink.gap(
        new Gap(
            new Place(lastTime, stream, beforePage, beforeIndex),
            new Place(end, stream, beforePage, beforeIndex)));
  }
}
