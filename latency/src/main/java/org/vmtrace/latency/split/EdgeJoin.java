package org.vmtrace.latency.split;

import java.util.Map;
import java.util.TreeMap;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.latency.Latency;
import org.vmtrace.latency.ThreadKey;
import org.vmtrace.latency.pair.OpenExit;
import org.vmtrace.latency.pair.PairingCounts.Outcome;
import org.vmtrace.latency.tally.Corrections;
import org.vmtrace.latency.window.LatencyRun;
import org.vmtrace.latency.window.Peak;
import org.vmtrace.latency.window.SlidingWindow;
import org.vmtrace.latency.window.TumblingEdge;
import org.vmtrace.latency.window.TumblingWindow;

/**
 * Joins the threads' edges of two neighbouring runs of splits.
 *
 * <p>What makes it exact: an entry that is pending on the right is its thread's first event there,
 * so a pair across the cut comes before all other latencies of the thread on the right. Sliding
 * sums that reach over the cut hold latencies of the left tail, that pair, and the right head; both
 * lists reach one window from the cut (the head also one window from the pending entry). Latencies
 * are never negative, so sums found before the join are lower bounds and may be kept.
 */
final class EdgeJoin {
  private final StreamEdges left;
  private final StreamEdges right;
  private final boolean step;
  private final AnalysisRules rules;
  private final Corrections corrections;

  EdgeJoin(
      StreamEdges left,
      StreamEdges right,
      boolean step,
      AnalysisRules rules,
      Corrections corrections) {
    this.left = left;
    this.right = right;
    this.step = step;
    this.rules = rules;
    this.corrections = corrections;
  }

  Map<Long, ThreadEdge> join() {
    Map<Long, ThreadEdge> joined = new TreeMap<>();
    left.threads()
        .forEach(
            (key, edge) -> {
              ThreadEdge next = right.threads().get(key);
              joined.put(key, next == null ? leftOnly(key, edge) : both(key, edge, next));
            });
    right
        .threads()
        .forEach(
            (key, edge) -> {
              if (!left.threads().containsKey(key)) {
                joined.put(key, rightOnly(key, edge));
              }
            });
    return joined;
  }

  private ThreadEdge leftOnly(long key, ThreadEdge edge) {
    OpenExit open = edge.open();
    if (open != null && (right.anyCut() || step)) {
      corrections.count(key, Outcome.DROPPED_BY_LOSS);
      open = null;
    }
    return new ThreadEdge(
        edge.cutBefore(),
        edge.pending(),
        edge.pendingTime(),
        edge.vcpu(),
        open,
        edge.headLimit(),
        edge.head(),
        tail(edge.tail(), null, new LatencyRun()),
        edge.sliding(),
        edge.busySliding(),
        edge.tumbling());
  }

  private ThreadEdge rightOnly(long key, ThreadEdge edge) {
    boolean cut = left.anyCut() || step;
    boolean stepped = left.anyStep() || step;
    boolean pending = edge.pending();
    if (pending && cut) {
      corrections.count(key, Outcome.UNPAIRED_ENTRY);
      pending = false;
    }
    long first = left.anyEvent() ? left.firstTime() : right.firstTime();
    long headLimit = pending ? edge.headLimit() : saturatedSum(first, rules.window());
    LatencyRun head = new LatencyRun();
    if (!stepped) {
      head.addAll(edge.head(), Long.MIN_VALUE, headLimit);
    }
    return new ThreadEdge(
        edge.cutBefore() || cut,
        pending,
        pending ? edge.pendingTime() : 0,
        edge.vcpu(),
        edge.open(),
        headLimit,
        head,
        edge.tail(),
        edge.sliding(),
        edge.busySliding(),
        edge.tumbling());
  }

  private ThreadEdge both(long key, ThreadEdge a, ThreadEdge b) {
    Latency across = decide(key, a, b);
    LatencyRun head = a.head();
    if (!step && !left.anyStep()) {
      head = new LatencyRun();
      head.addAll(a.head(), Long.MIN_VALUE, Long.MAX_VALUE);
      if (across != null && across.entryTime() < a.headLimit()) {
        head.add(across.entryTime(), across.latency(), idle(across));
      }
      head.addAll(b.head(), Long.MIN_VALUE, a.headLimit());
    }
    SlidingWindow over = slideOver(a, across, b);
    TumblingEdge pair =
        across == null
            ? null
            : TumblingEdge.of(
                TumblingWindow.of(
                    rules.window(), across.entryTime(), across.latency(), idle(across)));
    return new ThreadEdge(
        a.cutBefore(),
        a.pending(),
        a.pendingTime(),
        a.vcpu().then(b.vcpu()),
        b.open(),
        a.headLimit(),
        head,
        tail(a.tail(), across, b.tail()),
        Peak.larger(Peak.larger(a.sliding(), b.sliding()), over.best()),
        Peak.larger(Peak.larger(a.busySliding(), b.busySliding()), over.busyBest()),
        TumblingEdge.join(TumblingEdge.join(a.tumbling(), pair), b.tumbling()));
  }

  /**
   * Decides the fate of the left's open exit and the right's pending entry; returns the pair if
   * they are one.
   */
  private Latency decide(long key, ThreadEdge a, ThreadEdge b) {
    OpenExit open = a.open();
    if (!b.pending() || step) {
      if (open != null) {
        corrections.count(
            key, b.cutBefore() || step ? Outcome.DROPPED_BY_LOSS : Outcome.UNPAIRED_EXIT);
      }
      if (b.pending()) {
        corrections.count(key, Outcome.UNPAIRED_ENTRY);
      }
      return null;
    }
    if (open == null) {
      corrections.count(key, Outcome.UNPAIRED_ENTRY);
      return null;
    }
    Latency across = open.endedBy(b.pendingTime(), ThreadKey.pid(key), right.cpu());
    if (rules.traits().excluded(across.isa(), across.code())) {
      corrections.count(key, Outcome.EXCLUDED);
      return null;
    }
    corrections.latency(key, across);
    return across;
  }

  private SlidingWindow slideOver(ThreadEdge a, Latency across, ThreadEdge b) {
    SlidingWindow window = new SlidingWindow(rules.window());
    if (!step) {
      a.tail().slideInto(window);
      if (across != null) {
        window.add(across.entryTime(), across.latency(), idle(across));
      }
      b.head().slideInto(window);
    }
    return window;
  }

  /**
   * The last latencies of both sides, as far as they lie within one window of the right's last
   * event.
   */
  private LatencyRun tail(LatencyRun a, Latency across, LatencyRun b) {
    if (step || right.anyStep()) {
      return b;
    }
    if (!right.anyEvent()) {
      return a;
    }
    long from = saturatedSum(right.lastTime(), 1 - rules.window());
    LatencyRun tail = new LatencyRun();
    tail.addAll(a, from, Long.MAX_VALUE);
    if (across != null && across.entryTime() >= from) {
      tail.add(across.entryTime(), across.latency(), idle(across));
    }
    tail.addAll(b, from, Long.MAX_VALUE);
    return tail;
  }

  private boolean idle(Latency latency) {
    return rules.traits().idle(latency.isa(), latency.code());
  }

  static long saturatedSum(long time, long more) {
    long sum = time + more;
    if (((time ^ sum) & (more ^ sum)) < 0) {
      return more < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    return sum;
  }
}
