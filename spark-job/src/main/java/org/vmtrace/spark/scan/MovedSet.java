package org.vmtrace.spark.scan;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.vmtrace.recording.MovedKeys;

/** The threads of each recording that were seen on more than one of its streams. */
public final class MovedSet implements Serializable {
  private static final long serialVersionUID = 1;

  /** By the recording's number; recordings without such threads are not there. */
  private final TreeMap<Integer, Set<Long>> threads;

  /** These threads, by the recording's number. */
  public MovedSet(Map<Integer, Set<Long>> threads) {
    this.threads = new TreeMap<>(threads);
  }

  /** Those of some recordings. */
  public MovedSet only(Set<Integer> recordings) {
    MovedSet fewer = new MovedSet(threads);
    fewer.threads.keySet().retainAll(recordings);
    return fewer;
  }

  /** Finds them among the joined streams of all recordings. */
  public static MovedSet among(List<JoinedStream> streams) {
    Map<Integer, List<Set<Long>>> byRecording = new HashMap<>();
    for (JoinedStream stream : streams) {
      byRecording
          .computeIfAbsent(stream.stream().recording(), key -> new ArrayList<>())
          .add(stream.threads());
    }
    MovedSet moved = new MovedSet(Map.of());
    byRecording.forEach(
        (recording, keys) -> {
          Set<Long> found = MovedKeys.of(keys);
          if (!found.isEmpty()) {
            moved.threads.put(recording, new TreeSet<>(found));
          }
        });
    return moved;
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return threads.isEmpty();
  }

  /** Those of a recording, by {@link org.vmtrace.latency.ThreadKey}. */
  public Set<Long> of(int recording) {
    Set<Long> found = threads.get(recording);
    return found == null ? Set.of() : found;
  }

  /** Recordings that have such threads, and the threads, both in order. */
  public Map<Integer, Set<Long>> all() {
    return threads;
  }
}
