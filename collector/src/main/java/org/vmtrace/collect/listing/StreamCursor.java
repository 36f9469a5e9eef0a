package org.vmtrace.collect.listing;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.vmtrace.file.StreamReader;
import org.vmtrace.latency.moved.GapFinder;
import org.vmtrace.recording.MergedStreams;
import org.vmtrace.ring.Damage;
import org.vmtrace.ring.EventBatch;

/**
 * One stream of a recording, standing at one of its events. What is missing before the event is
 * kept as notices until it is the event's turn. Memory: one batch and one block of pages. Not
 * thread-safe.
 */
final class StreamCursor implements Comparable<StreamCursor>, Closeable {
  /**
   * Something is missing.
   *
   * @param damage why the rest of a page cannot be read; null for lost events
   * @param lost how many events were lost, 0 for an unknown number
   * @param position where the damaged page begins in the file
   */
  record Notice(Damage damage, long lost, long position) {}

  final EventBatch batch;
  final EventPrinter printer;
  final GapFinder gaps;
  private final int number;
  private final int cpu;
  private final StreamReader reader;
  private final List<Notice> notices = new ArrayList<>();
  private int row;
  private long time;
  private boolean anyEvent;
  private int cuts;

  /**
   * A cursor before the first event.
   *
   * @param source the stream
   * @param number the stream's number in its recording
   * @param streams how many streams are read at a time
   * @param sink takes the stream's gaps
   */
  StreamCursor(MergedStreams.Source source, int number, int streams, GapFinder.Sink sink)
      throws IOException {
    this.number = number;
    this.cpu = source.stream().cpu();
    this.batch = new EventBatch(MergedStreams.batchRows(streams));
    this.reader =
        new StreamReader(source.file(), source.stream(), MergedStreams.blockBytes(streams));
    this.printer = new EventPrinter(source.file().schema(), source.stream().layout().endian());
    this.gaps = new GapFinder(number, null, sink);
    batch.clear(cpu);
  }

  /** Goes to the next event; false if there is none left, though there may be notices. */
  boolean next() throws IOException {
    notices.clear();
    do {
      row++;
      while (row >= batch.size()) {
        if (!reader.next(batch)) {
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
    return cpu;
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
    reader.close();
  }
}
