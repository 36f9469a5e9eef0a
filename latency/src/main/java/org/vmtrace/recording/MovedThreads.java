package org.vmtrace.recording;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.latency.Gaps;
import org.vmtrace.latency.MovedEvent;
import org.vmtrace.latency.MovedThread;
import org.vmtrace.latency.ThreadKey;
import org.vmtrace.latency.ThreadResult;
import org.vmtrace.ring.EventBatch;

/**
 * Analyses the threads of a recording that were seen on more than one of its streams, by merging
 * the streams.
 */
final class MovedThreads {
  private final AnalysisRules rules;
  private final Set<Long> keys;
  private final Gaps gaps = new Gaps();
  private final Map<Long, MovedThread> threads = new TreeMap<>();

  /** Analyses the threads with these {@link ThreadKey}s. */
  MovedThreads(AnalysisRules rules, Set<Long> keys) {
    this.rules = rules;
    this.keys = keys;
  }

  /**
   * Reads the streams once more.
   *
   * @param steady whether time never steps back in any of them; else the threads' events are sorted
   *     in memory
   * @return the threads by {@link ThreadKey}
   */
  Map<Long, ThreadResult> analyse(List<MergedStreams.Source> sources, boolean steady)
      throws IOException {
    try (MergedStreams merged = new MergedStreams(sources, gaps::add)) {
      if (steady) {
        while (merged.next()) {
          if (isOurs(merged)) {
            accept(merged, event(merged));
          }
        }
      } else {
        sortFirst(merged);
      }
    }
    Map<Long, ThreadResult> results = new TreeMap<>();
    threads.forEach((key, thread) -> results.put(key, thread.finish()));
    return results;
  }

  private void sortFirst(MergedStreams merged) throws IOException {
    record Event(long key, MovedEvent event) {}
    List<Event> events = new ArrayList<>();
    while (merged.next()) {
      if (isOurs(merged)) {
        events.add(new Event(key(merged), event(merged)));
      }
    }
    events.sort(Comparator.comparing(event -> event.event().place()));
    for (Event event : events) {
      thread(event.key()).accept(event.event());
    }
  }

  private void accept(MergedStreams merged, MovedEvent event) {
    thread(key(merged)).accept(event);
  }

  private MovedThread thread(long key) {
    return threads.computeIfAbsent(
        key, k -> new MovedThread(rules, k, gaps, MovedThread.Rows.NONE));
  }

  private boolean isOurs(MergedStreams merged) {
    return merged.batch().kind(merged.row()) != EventBatch.OTHER && keys.contains(key(merged));
  }

  private static long key(MergedStreams merged) {
    return ThreadKey.of(merged.batch().thread(merged.row()), merged.batch().cpu());
  }

  private static MovedEvent event(MergedStreams merged) {
    return MovedEvent.of(merged.batch(), merged.row(), merged.place());
  }
}
