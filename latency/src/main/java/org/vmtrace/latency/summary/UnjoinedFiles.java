package org.vmtrace.latency.summary;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.vmtrace.latency.summary.Summary.RecordingRow;

/**
 * Files of pages and nothing else, which do not tell that they are one recording: a thread that
 * moved between their CPUs is paired in each of them as if it had never left.
 */
final class UnjoinedFiles {
  private static final int NAMED = 3;

  private final Set<Integer> threads = new TreeSet<>();
  private final Set<String> files = new TreeSet<>();

  /** The files that hold some thread while another one of them holds it, too. */
  private UnjoinedFiles(Collection<RecordingRow> recordings, Collection<ThreadRow> rows) {
    Map<String, RecordingRow> unjoined =
        recordings.stream()
            .filter(row -> saysNothing(row.info()) && row.firstTime() != null)
            .collect(Collectors.toMap(row -> row.info().name(), Function.identity()));
    Map<Integer, List<RecordingRow>> byThread =
        rows.stream()
            // Every CPU has an idle thread of its own.
            .filter(row -> row.thread() != 0 && unjoined.containsKey(row.recording()))
            .collect(
                Collectors.groupingBy(
                    ThreadRow::thread,
                    Collectors.mapping(row -> unjoined.get(row.recording()), Collectors.toList())));
    byThread.forEach(this::compare);
  }

  /** Of each two that overlap in time the later one overlaps with the longest before it. */
  private void compare(int thread, List<RecordingRow> holding) {
    holding.sort(
        Comparator.comparing(RecordingRow::firstTime).thenComparing(row -> row.info().name()));
    RecordingRow before = holding.get(0);
    for (RecordingRow row : holding.subList(1, holding.size())) {
      if (row.firstTime() <= before.lastTime()) {
        threads.add(thread);
        files.add(before.info().name());
        files.add(row.info().name());
      }
      before = row.lastTime() > before.lastTime() ? row : before;
    }
  }

  private static boolean saysNothing(RecordingInfo info) {
    return info.host().isEmpty() && info.kernel().isEmpty() && info.clock().isEmpty();
  }

  /** What must be said of such files; empty if there are none. */
  static Optional<String> warning(
      Collection<RecordingRow> recordings, Collection<ThreadRow> threads) {
    UnjoinedFiles found = new UnjoinedFiles(recordings, threads);
    return found.threads.isEmpty()
        ? Optional.empty()
        : Optional.of(
            some(found.files)
                + " hold the same threads at the same time ("
                + some(found.threads)
                + "), and do not tell whether they are of one capture: each is a recording of its own."
                + " If they are, what such a thread did on another CPU looks like a long latency here;"
                + " only trace.dat files are put together");
  }

  private static String some(Collection<?> all) {
    String names =
        all.stream().limit(NAMED).map(Object::toString).collect(Collectors.joining(", "));
    return all.size() > NAMED ? names + " and " + (all.size() - NAMED) + " more" : names;
  }
}
