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
  private final List<Crossing> crossings = new ArrayList<>();
  private final List<Long> timesBefore = new ArrayList<>();
  private boolean anyStep;

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
      timesBefore.add(before.anyEvent() ? before.lastTime() : null);
      Crossing crossing = new Crossing(before, split);
      before = before.then(split, rules, crossing);
      crossings.add(crossing);
    }
    anyStep = before.anyStep();
  }

  private List<Carry> backward() {
    List<Carry> carries = new ArrayList<>();
    Map<Long, TumblingEdge> windowsBehind = new HashMap<>();
    Long stampBehind = null;
    for (int i = splits.size() - 1; i >= 0; i--) {
      Crossing crossing = crossings.get(i);
      Map<Long, Tumble> added = new HashMap<>();
      crossing.windows.forEach(
          (key, windows) -> {
            TumblingEdge behind = windowsBehind.get(key);
            if (behind != null && windows.continuesIn(behind)) {
              added.put(key, behind.first());
            }
            windowsBehind.put(key, TumblingEdge.join(windows, behind));
          });
      carries.add(
          new Carry(
              crossing.open, crossing.owned, added, timesBefore.get(i), stampBehind, !anyStep));
      Long stamp = splits.get(i).counts().firstStamp();
      stampBehind = stamp != null ? stamp : stampBehind;
    }
    Collections.reverse(carries);
    return carries;
  }

  /** What goes over the border between all that lies before a split and the split. */
  private final class Crossing implements Corrections {
    private final StreamEdges split;
    private final Map<Long, OpenExit> open = new HashMap<>();
    private final Map<Long, Long> owned = new HashMap<>();

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
    public void latency(long key, OpenExit exit, long entryTime, int cpu) {
      Tumble pair =
          Tumble.of(
              TumblingSum.startOf(entryTime, rules.window()),
              entryTime - exit.time(),
              rules.traits().idle(Isa.ofFlags(exit.flags()), exit.code()));
      windows.put(
          key, TumblingEdge.join(TumblingEdge.of(pair), split.threads().get(key).tumbling()));
    }

    @Override
    public void count(long key, Outcome outcome) {}
  }
}
