package org.vmtrace.latency.split;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.vmtrace.latency.ThreadKey;
import org.vmtrace.latency.window.TumblingWindow;
import org.vmtrace.latency.window.WindowBatch;

/**
 * Makes the window rows of one split from those that its scan has kept ({@link
 * SplitAnalyzer#keepWindows}), as {@link SplitRows} would make them from its events: what earlier
 * splits write is dropped, what later ones know is added, and so is the pair that crosses into the
 * split. Only for streams in which time never steps back: there a thread has a window only once.
 * Not thread-safe.
 *
 * <p>Rows come in the order of their windows; of windows that begin at the same time in no
 * particular one.
 */
public final class WindowJoin {
  private final Carry carry;
  private final int cpu;
  private final Set<Long> leftOut;

  /** Windows of pairs that cross into the split, by their start, until their row has come. */
  private final TreeMap<Long, Map<Long, TumblingWindow>> crossing = new TreeMap<>();

  /**
   * Rows of a split.
   *
   * @param cpu the stream's CPU
   * @param carry what the neighbours know
   * @param leftOut threads that are dealt with elsewhere, by {@link ThreadKey}
   * @throws IllegalArgumentException if time steps back in the stream
   */
  public WindowJoin(int cpu, Carry carry, Set<Long> leftOut) {
    if (!carry.steady()) {
      throw new IllegalArgumentException("windows of a stream where time steps back");
    }
    this.cpu = cpu;
    this.carry = carry;
    this.leftOut = leftOut;
    carry
        .crossing()
        .forEach(
            (key, window) ->
                crossing
                    .computeIfAbsent(window.start(), start -> new HashMap<>())
                    .put(key, window));
  }

  /** Takes the split's next kept windows, and appends the rows that are complete. */
  public void accept(WindowBatch kept, WindowBatch rows) {
    for (int row = 0; row < kept.size(); row++) {
      TumblingWindow window = kept.window(row);
      long key = ThreadKey.of(kept.thread(row), cpu);
      if (!crossing.isEmpty()) {
        addCrossingBefore(window.start(), rows);
        Map<Long, TumblingWindow> here = crossing.getOrDefault(window.start(), Map.of());
        TumblingWindow more = here.isEmpty() ? null : here.remove(key);
        window = more == null ? window : window.plus(more);
      }
      add(key, window, rows);
    }
  }

  /** Ends the split, and appends the rows that are left. */
  public void finish(WindowBatch rows) {
    addCrossingBefore(Long.MAX_VALUE, rows);
  }

  private void addCrossingBefore(long start, WindowBatch rows) {
    while (!crossing.isEmpty() && crossing.firstKey() < start) {
      crossing.pollFirstEntry().getValue().forEach((key, window) -> add(key, window, rows));
    }
  }

  private void add(long key, TumblingWindow window, WindowBatch rows) {
    Long owned = carry.ownedWindows().get(key);
    if (leftOut.contains(key) || (owned != null && owned == window.start())) {
      return;
    }
    TumblingWindow later = carry.addedLater().get(key);
    boolean goesOn = later != null && later.start() == window.start();
    rows.add(ThreadKey.pid(key), goesOn ? window.plus(later) : window);
  }
}
