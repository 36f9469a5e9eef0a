package org.vmtrace.latency;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.vmtrace.ring.Isa;

/** Computes the {@link Carry} of every split of a stream from all splits' edges. */
public final class Carries {
  private final List<StreamEdges> splits;
  private final AnalysisRules rules;

  /** The tumbling windows of each split's threads, with the pairs that cross into the split. */
  private final List<Map<Long, TumblingEdge>> windows = new ArrayList<>();

  private final List<Map<Long, OpenExit>> open = new ArrayList<>();
  private final List<Map<Long, Long>> owned = new ArrayList<>();
  private final List<Long> timeBefore = new ArrayList<>();

  private Carries(List<StreamEdges> splits, AnalysisRules rules) {
    this.splits = splits;
    this.rules = rules;
  }

  /**
   * The carries of all splits of one stream.
   *
   * @param splits the splits' edges in the order of the stream
   */
  public static List<Carry> of(List<StreamEdges> splits, AnalysisRules rules) {
    Carries carries = new Carries(splits, rules);
    carries.forward();
    return carries.backward();
  }

  private void forward() {
    StreamEdges before = StreamEdges.none(0);
    for (StreamEdges split : splits) {
      Crossing crossing = new Crossing(before, split);
      open.add(crossing.open);
      owned.add(crossing.owned);
      windows.add(crossing.windows);
      timeBefore.add(before.anyEvent() ? before.lastTime() : null);
      before = before.then(split, rules, Corrections.NONE);
    }
  }

  private List<Carry> backward() {
    List<Carry> carries = new ArrayList<>();
    Behind behind = new Behind(Map.of(), null, null);
    for (int i = splits.size() - 1; i >= 0; i--) {
      Map<Long, Tumble> added = new HashMap<>();
      carries.add(
          new Carry(open.get(i), owned.get(i), added, timeBefore.get(i), behind.firstStamp));
      behind = behind.after(splits.get(i), windows.get(i), added);
    }
    Collections.reverse(carries);
    return carries;
  }

  /** What lies behind a split: its threads' first windows, its first event and its first page. */
  private record Behind(Map<Long, TumblingEdge> windows, Long firstTime, Long firstStamp) {
    /** Puts a split before this, and says what this adds to the split's last windows. */
    Behind after(StreamEdges split, Map<Long, TumblingEdge> splitWindows, Map<Long, Tumble> added) {
      boolean step = split.anyEvent() && firstTime != null && firstTime < split.lastTime();
      Map<Long, TumblingEdge> joined = new HashMap<>();
      windows.forEach(
          (key, edge) -> joined.put(key, TumblingEdge.closeFirst(edge, step || split.anyStep())));
      splitWindows.forEach(
          (key, edge) -> {
            TumblingEdge mine = TumblingEdge.closeLast(edge, step);
            TumblingEdge next = TumblingEdge.closeFirst(windows.get(key), step);
            if (next != null && mine.continuesIn(next)) {
              added.put(key, next.first());
            }
            joined.put(key, TumblingEdge.join(mine, next));
          });
      Long stamp = split.counts().firstStamp();
      return new Behind(
          joined,
          split.anyEvent() ? (Long) split.firstTime() : firstTime,
          stamp != null ? stamp : firstStamp);
    }
  }

  /** What goes over the border between all that lies before a split and the split. */
  private final class Crossing implements Corrections {
    private final StreamEdges split;
    private final Map<Long, OpenExit> open = new HashMap<>();
    private final Map<Long, Long> owned = new HashMap<>();
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
                if (left == null || before.stepsBackTo(split)) {
                  return;
                }
                if (edge.pending() && left.open() != null) {
                  open.put(key, left.open());
                }
                if (left.tumbling() != null && !left.tumbling().lastClosed()) {
                  owned.put(key, left.tumbling().last().start());
                }
              });
      before.then(split, rules, this);
    }

    @Override
    public void latency(long key, OpenExit exit, long entryTime, int cpu) {
      Tumble pair =
          Tumble.of(
              Math.floorDiv(entryTime, rules.window()) * rules.window(),
              entryTime - exit.time(),
              rules.traits().idle(Isa.ofFlags(exit.flags()), exit.code()));
      windows.put(
          key, TumblingEdge.join(TumblingEdge.of(pair), split.threads().get(key).tumbling()));
    }

    @Override
    public void count(long key, Outcome outcome) {}
  }
}
