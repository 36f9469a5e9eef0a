package org.vmtrace.recording;

import java.io.IOException;
import java.util.List;
import java.util.PriorityQueue;
import org.vmtrace.file.PageStream;
import org.vmtrace.file.StreamReader;
import org.vmtrace.file.TraceFile;
import org.vmtrace.latency.moved.GapFinder;
import org.vmtrace.latency.moved.Place;
import org.vmtrace.ring.EventBatch;

/**
 * The events of several streams merged by time, with one batch of each in memory. Where time steps
 * back within a stream its events come as the stream has them. Gaps are told as soon as they are
 * known, and always before an event after their beginning. Not thread-safe.
 */
public final class MergedStreams {
  /** A stream with its file. */
  public record Source(TraceFile file, PageStream stream) {}

  /** Takes what else there is in the streams. */
  public interface Between {
    /** Takes nothing. */
    Between NOTHING =
        new Between() {
          @Override
          public void row(int stream, EventBatch batch, int row) {}

          @Override
          public void ended(int stream) {}
        };

    /** A row that is no event: it comes before the stream's next event does. */
    void row(int stream, EventBatch batch, int row);

    /** A stream has no more events, nor other rows. */
    void ended(int stream) throws IOException;
  }

  /** What the readers of all streams hold together, about. */
  private static final int READ_BYTES = 8 << 20;

  private static final int MOST_BYTES = 1 << 20;

  /** Rows that the batches of all streams hold together, about. */
  private static final int ROWS = 1 << 16;

  private static final int LEAST_ROWS = 64;

  private final PriorityQueue<Cursor> queue = new PriorityQueue<>();
  private Cursor current;

  /**
   * Opens the streams.
   *
   * @param sources in the order that decides between events of the same time
   * @param gaps takes the gaps
   */
  public MergedStreams(List<Source> sources, GapFinder.Sink gaps) throws IOException {
    this(sources, gaps, Between.NOTHING);
  }

  /**
   * Opens the streams.
   *
   * @param sources in the order that decides between events of the same time
   * @param gaps takes the gaps
   * @param between takes what else there is
   */
  public MergedStreams(List<Source> sources, GapFinder.Sink gaps, Between between)
      throws IOException {
    for (int number = 0; number < sources.size(); number++) {
      Cursor cursor = new Cursor(sources.get(number), number, gaps, between, sources.size());
      if (cursor.next()) {
        queue.add(cursor);
      }
    }
  }

  /** Goes to the next event; false when there is none left. */
  public boolean next() throws IOException {
    if (current != null && current.next()) {
      queue.add(current);
    }
    current = queue.poll();
    return current != null;
  }

  /** The batch that holds the event. */
  public EventBatch batch() {
    return current.batch;
  }

  /** The event's row in the batch. */
  public int row() {
    return current.row;
  }

  /** The event's place in the total order. */
  public Place place() {
    return current.gaps.place();
  }

  /** The number of the event's stream in the list of sources. */
  public int stream() {
    return current.number;
  }

  /** How much one of so many streams may read at once, so that memory stays flat: bytes. */
  private static int blockBytes(int streams) {
    return Math.min(MOST_BYTES, READ_BYTES / streams);
  }

  /** How many rows the batch of one of so many streams may have. */
  private static int batchRows(int streams) {
    return Math.max(LEAST_ROWS, Math.min(EventBatch.DEFAULT_CAPACITY, ROWS / streams));
  }

  /** One stream at one of its events. */
  private static final class Cursor implements Comparable<Cursor> {
    final int number;
    final StreamReader reader;
    final GapFinder gaps;
    final EventBatch batch;
    private final Between between;
    private int row = -1;

    Cursor(Source source, int number, GapFinder.Sink sink, Between between, int streams)
        throws IOException {
      this.number = number;
      this.reader = new StreamReader(source.file(), source.stream(), blockBytes(streams));
      this.batch = new EventBatch(batchRows(streams));
      this.gaps = new GapFinder(number, null, source.stream().cut(), sink);
      this.between = between;
    }

    boolean next() throws IOException {
      while (nextRow()) {
        gaps.accept(batch, row);
        if (batch.isEvent(row)) {
          return true;
        }
        between.row(number, batch, row);
      }
      gaps.finish(Long.MAX_VALUE, null);
      between.ended(number);
      return false;
    }

    private boolean nextRow() throws IOException {
      row++;
      if (row >= batch.size()) {
        row = 0;
        return reader.next(batch);
      }
      return true;
    }

    @Override
    public int compareTo(Cursor other) {
      int byTime = Long.compare(batch.time(row), other.batch.time(other.row));
      return byTime != 0 ? byTime : Integer.compare(number, other.number);
    }
  }
}
