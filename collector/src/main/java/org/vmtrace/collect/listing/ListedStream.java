package org.vmtrace.collect.listing;

import java.util.ArrayList;
import java.util.List;
import org.vmtrace.recording.MergedStreams;
import org.vmtrace.ring.Damage;
import org.vmtrace.ring.EventBatch;

/**
 * What a listing knows of one of its streams besides the event that comes next. Not thread-safe.
 */
final class ListedStream {
  /**
   * Something is missing.
   *
   * @param damage why the rest of a page cannot be read; null for lost events
   * @param lost how many events were lost, 0 for an unknown number
   * @param position where the damaged page begins in the file
   */
  record Notice(Damage damage, long lost, long position) {}

  private final int cpu;
  private final EventPrinter printer;
  private final List<Notice> notices = new ArrayList<>();
  private long lastTime = Long.MIN_VALUE;
  private int cuts;

  ListedStream(MergedStreams.Source source) {
    cpu = source.stream().cpu();
    printer = new EventPrinter(source.file().schema(), source.stream().layout().endian());
  }

  int cpu() {
    return cpu;
  }

  /** Writes the stream's events. */
  EventPrinter printer() {
    return printer;
  }

  /** Takes a row that is no event: it may tell that something is missing. */
  void missing(EventBatch batch, int row) {
    long code = batch.code(row);
    long position = batch.position(row);
    if (batch.kind(row) == EventBatch.DAMAGE) {
      notices.add(new Notice(Damage.ofCode(code), 0, position));
      cuts++;
    } else if ((batch.flags(row) & EventBatch.LOST) != 0) {
      notices.add(new Notice(null, code, position));
      cuts++;
    }
  }

  /** The stream's next event is of this time. */
  void reached(long time) {
    if (time < lastTime) {
      cuts++;
    }
    lastTime = time;
  }

  /** What is missing since they were last taken. */
  List<Notice> takeNotices() {
    List<Notice> taken = List.copyOf(notices);
    notices.clear();
    return taken;
  }

  /** Grows with everything that no latency may span: losses, damage, steps back of the time. */
  int cuts() {
    return cuts;
  }
}
