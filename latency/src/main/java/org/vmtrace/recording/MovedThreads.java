package org.vmtrace.recording;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.latency.ThreadKey;
import org.vmtrace.latency.moved.Gaps;
import org.vmtrace.latency.moved.MovedEvent;
import org.vmtrace.latency.moved.MovedThread;
import org.vmtrace.latency.split.ThreadResult;
import org.vmtrace.ring.EventBatch;

/**
 * Analyses the threads of a recording that were seen on more than one of its streams, by merging
 * the streams once more, event by event. Not thread-safe.
 */
public final class MovedThreads {
  private record Event(long key, MovedEvent event) {}

  private final AnalysisRules rules;
  private final Set<Long> keys;
  private final MovedThread.Rows rows;
  private final boolean steady;
  private final Gaps gaps = new Gaps();
  private final MergedStreams merged;
  private final Map<Long, MovedThread> threads = new TreeMap<>();
  private Iterator<Event> sorted;

  /** Opens the streams; rows are not wanted. */
  MovedThreads(
      AnalysisRules rules, Set<Long> keys, List<MergedStreams.Source> sources, boolean steady)
      throws IOException {
    this(rules, keys, sources, steady, MovedThread.Rows.NONE);
  }

  /**
   * Opens the streams.
   *
   * @param keys the threads by {@link ThreadKey}
   * @param sources the streams of the recording, in the order that decides between events of the
   *     same time
   * @param steady whether time never steps back in any of them; else the threads' events are sorted
   *     in memory
   * @param rows takes the threads' rows
   */
  public MovedThreads(
      AnalysisRules rules,
      Set<Long> keys,
      List<MergedStreams.Source> sources,
      boolean steady,
      MovedThread.Rows rows)
      throws IOException {
    this.rules = rules;
    this.keys = keys;
    this.steady = steady;
    this.rows = rows;
    this.merged = new MergedStreams(sources, gaps::add);
  }

  /** Takes the next event of one of the threads; false when there is none left. */
  public boolean next() throws IOException {
    Event event = steady ? nextMerged() : nextSorted();
    if (event == null) {
      return false;
    }
    threads
        .computeIfAbsent(event.key(), key -> new MovedThread(rules, key, gaps, rows))
        .accept(event.event());
    return true;
  }

  /**
   * The results by {@link ThreadKey}, when no event is left; then the last windows are out, too.
   */
  public Map<Long, ThreadResult> finish() {
    Map<Long, ThreadResult> results = new TreeMap<>();
    threads.forEach((key, thread) -> results.put(key, thread.finish()));
    return results;
  }

  /** Takes all events that are left; the results by {@link ThreadKey}. */
  Map<Long, ThreadResult> analyse() throws IOException {
    boolean more = true;
    while (more) {
      more = next();
    }
    return finish();
  }

  private Event nextSorted() throws IOException {
    if (sorted == null) {
      List<Event> events = new ArrayList<>();
      for (Event event = nextMerged(); event != null; event = nextMerged()) {
        events.add(event);
      }
      events.sort(Comparator.comparing(event -> event.event().place()));
      sorted = events.iterator();
    }
    return sorted.hasNext() ? sorted.next() : null;
  }

  private Event nextMerged() throws IOException {
    while (merged.next()) {
      EventBatch batch = merged.batch();
      int row = merged.row();
      if (batch.kind(row) != EventBatch.OTHER) {
        long key = ThreadKey.of(batch.thread(row), batch.cpu());
        if (keys.contains(key)) {
          return new Event(key, MovedEvent.of(batch, row, merged.place()));
        }
      }
    }
    return null;
  }
}
