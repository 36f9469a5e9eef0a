package org.vmtrace.collect;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.vmtrace.file.PageStream;
import org.vmtrace.file.StreamReader;
import org.vmtrace.file.TraceFile;
import org.vmtrace.latency.GapFinder;
import org.vmtrace.ring.Damage;
import org.vmtrace.ring.EventBatch;

/**
 * One stream of a recording, standing at one of its events. What is missing before the event is
 * kept as notices until it is the event's turn. Memory: one batch and one run of pages. Not
 * thread-safe.
 */
final class StreamCursor implements Comparable<StreamCursor>, Closeable {
  private static final int BATCH_ROWS = 1024;

  /**
   * Something is missing.
   *
   * @param damage why the rest of a page cannot be read; null for lost events
   * @param lost how many events were lost, 0 for an unknown number
   * @param position where the damaged page begins in the file
   */
  record Notice(Damage damage, long lost, long position) {}

  final EventBatch batch = new EventBatch(BATCH_ROWS);
  final EventPrinter printer;
  final GapFinder gaps;
  private final TraceFile file;
  private final PageStream stream;
  private final int number;
  private final long runBytes;
  private final List<Notice> notices = new ArrayList<>();
  private StreamReader reader;
  private long nextRun;
  private int row;
  private long time;
  private boolean anyEvent;
  private int cuts;

  /**
   * A cursor before the first event.
   *
   * @param number the stream's number in its recording
   * @param runBytes how much to read at a time, about
   * @param printer writes the file's events
   * @param sink takes the stream's gaps
   */
  StreamCursor(
      TraceFile file,
      PageStream stream,
      int number,
      long runBytes,
      EventPrinter printer,
      GapFinder.Sink sink) {
    this.file = file;
    this.stream = stream;
    this.number = number;
    this.printer = printer;
    this.gaps = new GapFinder(number, null, sink);
    int page = stream.layout().pageBytes();
    this.runBytes = Math.max(1, runBytes / page) * page;
    this.nextRun = stream.offset();
    batch.clear(stream.cpu());
  }

  /** Goes to the next event; false if there is none left, though there may be notices. */
  boolean next() throws IOException {
    notices.clear();
    do {
      row++;
      while (row >= batch.size()) {
        if (!fill()) {
          gaps.finish(Long.MAX_VALUE, null);
          return false;
        }
        row = 0;
      }
      gaps.accept(batch, row);
    } while (!isEvent());
    long before = time;
    time = batch.time(row);
    if (anyEvent && time < before) {
      cuts++;
    }
    anyEvent = true;
    return true;
  }

  private boolean isEvent() {
    switch (batch.kind(row)) {
      case EventBatch.PAGE -> {
        if ((batch.flags(row) & EventBatch.LOST) != 0) {
          missing(new Notice(null, batch.code(row), batch.instructionPointer(row)));
        }
        return false;
      }
      case EventBatch.DAMAGE -> {
        missing(new Notice(Damage.ofCode(batch.code(row)), 0, batch.instructionPointer(row)));
        return false;
      }
      default -> {
        return true;
      }
    }
  }

  private void missing(Notice notice) {
    notices.add(notice);
    cuts++;
  }

  private boolean fill() throws IOException {
    while (reader == null || !reader.next(batch)) {
      if (reader != null) {
        reader.close();
      }
      if (nextRun < 0 || nextRun >= stream.offset() + stream.bytes()) {
        return false;
      }
      reader = openRun();
    }
    return true;
  }

  /** A reader holds a run in memory, so that the runs of many streams must be short. */
  private StreamReader openRun() throws IOException {
    if (stream.isChunked()) {
      nextRun = -1;
      return new StreamReader(file, stream);
    }
    long start = nextRun;
    nextRun = start + runBytes;
    return new StreamReader(file, stream, start, nextRun);
  }

  /** The event's row in {@link #batch}. */
  int row() {
    return row;
  }

  /** The event's time. */
  long time() {
    return time;
  }

  /** The stream's number in its recording. */
  int number() {
    return number;
  }

  int cpu() {
    return stream.cpu();
  }

  /** What is missing between the event before and this one. */
  List<Notice> notices() {
    return notices;
  }

  /** Grows with everything that no latency may span: losses, damage, steps back of the time. */
  int cuts() {
    return cuts;
  }

  @Override
  public int compareTo(StreamCursor other) {
    int byTime = Long.compare(time, other.time);
    return byTime != 0 ? byTime : Integer.compare(number, other.number);
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.close();
    }
  }
}
