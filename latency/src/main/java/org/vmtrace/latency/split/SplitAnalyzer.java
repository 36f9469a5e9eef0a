package org.vmtrace.latency.split;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.latency.ThreadKey;
import org.vmtrace.latency.pair.PairBatch;
import org.vmtrace.latency.pair.Pairing;
import org.vmtrace.latency.pair.ReasonTable;
import org.vmtrace.latency.pair.ThreadState;
import org.vmtrace.latency.tally.Tallies;
import org.vmtrace.latency.tally.ThreadTally;
import org.vmtrace.latency.window.TumblingScan;
import org.vmtrace.latency.window.TumblingSum;
import org.vmtrace.latency.window.WindowBatch;
import org.vmtrace.ring.EventBatch;

/**
 * Reduces one split of a stream to its {@link SplitAnalysis}, batch by batch. Memory depends on the
 * number of threads and reasons and on the latencies within one window, not on the length of the
 * split. Not thread-safe.
 */
public final class SplitAnalyzer {
  private final AnalysisRules rules;
  private final int cpu;
  private final ReasonTable reasons;
  private final Pairing pairing;
  private final Tallies tallies;
  private final Pairing.Sink sink = this::pairs;
  private ThreadScan[] scans = new ThreadScan[16];

  /** Null where windows are not kept. */
  private WindowBatch windows;

  /** Appends the windows of one thread to those that are kept. */
  private final class WindowKeeper implements TumblingScan.Sink {
    private static final long NO_ROW = -1;

    private final int pid;
    private long row = NO_ROW;

    WindowKeeper(int pid) {
      this.pid = pid;
    }

    @Override
    public void began() {
      row = pairing.epoch() == 0 ? windows.begin(pid) : NO_ROW;
    }

    @Override
    public void ended(TumblingSum window) {
      if (row != NO_ROW) {
        windows.end(row, window.soFar());
        row = NO_ROW;
      }
    }
  }

  /** An analyzer for a split of the stream of this CPU. */
  public SplitAnalyzer(AnalysisRules rules, int cpu) {
    this.rules = rules;
    this.cpu = cpu;
    this.reasons = new ReasonTable(rules.traits());
    this.pairing = new Pairing(reasons, cpu);
    this.tallies = new Tallies(rules);
  }

  /**
   * Keeps the tumbling windows too, for a {@link WindowJoin}; to be asked for before the first row.
   * As they end they come to the batch that is returned, to be taken and cleared. From where time
   * steps back there are none: nobody can use them then.
   */
  public WindowBatch keepWindows() {
    windows = new WindowBatch();
    return windows;
  }

  /** Takes the next rows of the split. */
  public void accept(EventBatch batch) {
    pairing.accept(batch, sink);
    if (windows != null && pairing.epoch() == 0) {
      // A thread that rests holds up the windows that began after its own.
      for (ThreadScan scan : scans) {
        if (scan != null) {
          scan.reached(pairing.lastTime());
        }
      }
    }
  }

  private void pairs(PairBatch pairs, EventBatch in) {
    for (int from = 0, end; from < pairs.size(); from = end) {
      end = pairs.endOfRun(from);
      ThreadScan scan = scan(pairs.threads()[from]);
      scan.add(pairs, from, end, pairing.epoch());
      for (int pair = scan.nextWorst(pairs, from, end);
          pair < end;
          pair = scan.nextWorst(pairs, pair + 1, end)) {
        scan.worst(pairs, pair, pairing.exit(pairs, pair, in));
      }
    }
  }

  /**
   * What was counted so far, for a look in between: it changes with the next rows, and lacks what
   * {@link #finish} adds.
   */
  public Tallies soFar() {
    return tallies;
  }

  /** The threads that have had exits or entries so far, by their {@link ThreadKey}. */
  public Set<Long> threadsSoFar() {
    Set<Long> threads = new HashSet<>();
    for (int number = 0; number < pairing.threadCount(); number++) {
      ThreadState state = pairing.thread(number);
      if (state.seen()) {
        threads.add(state.key());
      }
    }
    return threads;
  }

  /** The split's contribution; nothing may be accepted afterwards. */
  public SplitAnalysis finish() {
    pairing.finish();
    Map<Long, ThreadEdge> edges = new TreeMap<>();
    for (int number = 0; number < pairing.threadCount(); number++) {
      ThreadState state = pairing.thread(number);
      if (!state.seen()) {
        continue; // it had neither exits nor entries
      }
      ThreadScan scan = scan(number);
      ThreadTally tally = tallies.thread(state.key());
      tally.pairing().add(state.counts());
      tally.sawCpu(cpu);
      edges.put(
          state.key(),
          scan.edge(
              state, pairing.open(number), rules.window(), pairing.lastTime(), pairing.epoch()));
    }
    StreamEdges stream =
        new StreamEdges(
            cpu,
            pairing.counts(),
            pairing.anyEvent(),
            pairing.firstTime(),
            pairing.lastTime(),
            pairing.anyCut(),
            pairing.epoch() > 0,
            edges);
    return new SplitAnalysis(rules, stream, tallies);
  }

  /**
   * The result of a whole stream, which this split is; nothing may be accepted afterwards. Saves
   * the copy that joining makes.
   */
  public StreamResult finishStream() {
    SplitAnalysis whole = finish();
    Tallies all = whole.tallies();
    return new StreamResult(whole.edges().counts(), whole.edges().close(all), all);
  }

  private ThreadScan scan(int number) {
    if (number >= scans.length) {
      scans = Arrays.copyOf(scans, Math.max(number + 1, 2 * scans.length));
    }
    if (scans[number] == null) {
      ThreadState state = pairing.thread(number);
      long from = state.pending() ? state.pendingTime() : pairing.firstTime();
      scans[number] =
          new ThreadScan(
              reasons,
              rules,
              tallies.thread(state.key()),
              cpu,
              EdgeJoin.saturatedSum(from, rules.window()),
              windows == null
                  ? TumblingScan.Sink.NONE
                  : new WindowKeeper(ThreadKey.pid(state.key())));
    }
    return scans[number];
  }
}
