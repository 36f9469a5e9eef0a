package org.vmtrace.latency.split;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.latency.Latency;
import org.vmtrace.latency.ThreadKey;
import org.vmtrace.latency.pair.OpenExit;
import org.vmtrace.latency.pair.PairingCounts.Outcome;
import org.vmtrace.latency.tally.Corrections;
import org.vmtrace.latency.window.TumblingEdge;
import org.vmtrace.latency.window.TumblingWindow;

/**
 * Computes the {@link Carry} of every split of a stream. The splits' edges are given one by one and
 * not kept: a stream may have a hundred thousand splits.
 */
public final class Carries {
  private final AnalysisRules rules;
  private final List<Border> borders = new ArrayList<>();
  private StreamEdges before = StreamEdges.none(0);

  /** The carries of a stream of which no split was given yet. */
  public Carries(AnalysisRules rules) {
    this.rules = rules;
  }

  /** Takes the edges of the stream's next split. */
  public void add(StreamEdges split) {
    Crossing crossing = new Crossing(before, split);
    Long timeBefore = before.anyEvent() ? before.lastTime() : null;
    before = before.then(split, rules, crossing);
    borders.add(
        new Border(
            Map.copyOf(crossing.open),
            Map.copyOf(crossing.owned),
            Map.copyOf(crossing.pairs),
            Map.copyOf(crossing.windows),
            timeBefore,
            split.counts().firstStamp()));
  }

  /** The carries of all splits that were given, in their order. */
  public List<Carry> carries() {
    List<Carry> carries = new ArrayList<>();
    Map<Long, TumblingEdge> windowsAfter = new HashMap<>();
    Long stampAfter = null;
    for (int i = borders.size() - 1; i >= 0; i--) {
      Border border = borders.get(i);
      Map<Long, TumblingWindow> added = new HashMap<>();
      border.windows.forEach(
          (key, windows) -> {
            TumblingEdge next = windowsAfter.get(key);
            if (next != null && windows.continuesIn(next)) {
              added.put(key, next.first());
            }
            windowsAfter.put(key, TumblingEdge.join(windows, next));
          });
      carries.add(
          new Carry(
              border.open,
              border.owned,
              Map.copyOf(added),
              border.pairs,
              border.timeBefore,
              stampAfter,
              !before.anyStep()));
      stampAfter = border.firstStamp != null ? border.firstStamp : stampAfter;
    }
    Collections.reverse(carries);
    return carries;
  }

  /**
   * What is known of a split when all before it are known.
   *
   * @param open the exits that its pending entries end, by {@link ThreadKey}
   * @param owned the starts of the threads' last windows before it
   * @param pairs the windows of the pairs that cross into it
   * @param windows the tumbling windows of its threads, with the pairs that cross into it
   * @param timeBefore the last event's time before it, null where there is none
   * @param firstStamp the stamp of its first page, null where there is none
   */
  private record Border(
      Map<Long, OpenExit> open,
      Map<Long, Long> owned,
      Map<Long, TumblingWindow> pairs,
      Map<Long, TumblingEdge> windows,
      Long timeBefore,
      Long firstStamp) {}

  /** What goes over the border between all that lies before a split and the split. */
  private final class Crossing implements Corrections {
    private final StreamEdges split;
    private final Map<Long, OpenExit> open = new HashMap<>();
    private final Map<Long, Long> owned = new HashMap<>();
    private final Map<Long, TumblingWindow> pairs = new HashMap<>();

    /** The tumbling windows of the split's threads, with the pairs that cross into the split. */
    private final Map<Long, TumblingEdge> windows = new HashMap<>();

    Crossing(StreamEdges before, StreamEdges split) {
      this.split = split;
      split
          .threads()
          .forEach(
              (key, edge) -> {
                if (edge.tumbling() != null) {
                  windows.put(key, edge.tumbling());
                }
                ThreadEdge left = before.threads().get(key);
                if (left != null && edge.pending() && left.open() != null) {
                  open.put(key, left.open());
                }
                if (left != null && left.tumbling() != null) {
                  owned.put(key, left.tumbling().last().start());
                }
              });
    }

    @Override
    public void latency(long key, Latency latency) {
      TumblingWindow pair =
          TumblingWindow.of(
              rules.window(),
              latency.entryTime(),
              latency.latency(),
              rules.traits().idle(latency.isa(), latency.code()));
      pairs.put(key, pair);
      windows.put(
          key, TumblingEdge.join(TumblingEdge.of(pair), split.threads().get(key).tumbling()));
    }

    @Override
    public void count(long key, Outcome outcome) {}

    @Override
    public void vcpu(long key, int vcpu) {}
  }
}
