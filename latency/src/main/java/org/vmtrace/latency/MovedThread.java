package org.vmtrace.latency;

import org.vmtrace.ring.EventBatch;
import org.vmtrace.ring.Isa;

/**
 * Pairs the exits and entries of one thread that was seen on several streams of its recording,
 * event by event in the total order. A pair that overlaps a gap of any stream is dropped: what was
 * lost may have been the thread's. Not thread-safe.
 */
public final class MovedThread {
  /** Takes the thread's rows. */
  public interface Rows {
    /** Takes nothing. */
    Rows NONE =
        new Rows() {
          @Override
          public void latency(Latency latency, boolean idle) {}

          @Override
          public void window(int pid, Tumble window) {}
        };

    /** A latency, in the order of the entries. */
    void latency(Latency latency, boolean idle);

    /** A tumbling window, in the order of time. */
    void window(int pid, Tumble window);
  }

  private final AnalysisRules rules;
  private final Gaps gaps;
  private final Rows rows;
  private final ThreadTally tally;
  private final SlidingWindow sliding;
  private final TumblingScan tumbling;
  private VcpuSeen vcpu = VcpuSeen.NONE;
  private MovedEvent open;

  /**
   * A thread without events.
   *
   * @param key its {@link ThreadKey}
   * @param gaps where the streams of its recording lack events
   * @param rows takes its rows
   */
  public MovedThread(AnalysisRules rules, long key, Gaps gaps, Rows rows) {
    this.rules = rules;
    this.gaps = gaps;
    this.rows = rows;
    this.tally = new ThreadTally(key, rules.worst());
    this.sliding = new SlidingWindow(rules.window());
    this.tumbling =
        new TumblingScan(rules.window(), window -> rows.window(ThreadKey.pid(key), window));
  }

  /** Takes the thread's next event in the total order. */
  public void accept(MovedEvent event) {
    PairingCounts counts = tally.pairing();
    tally.sawCpu(event.cpu());
    vcpu =
        vcpu.then(event.exit() ? new VcpuSeen(event.vcpu(), -1) : new VcpuSeen(-1, event.vcpu()));
    if (event.exit()) {
      counts.exits++;
      counts.unpairedExits += open == null ? 0 : 1;
      counts.failedEntries += (event.flags() & EventBatch.FAILED_ENTRY) != 0 ? 1 : 0;
      open = event;
      return;
    }
    counts.entries++;
    counts.immediateExits += (event.flags() & EventBatch.IMMEDIATE_EXIT) != 0 ? 1 : 0;
    if (open == null) {
      counts.unpairedEntries++;
    } else if (gaps.overlap(open.place(), event.place())) {
      counts.droppedByLoss++;
      counts.unpairedEntries++;
    } else {
      pair(open, event);
    }
    open = null;
  }

  /** The thread's result; nothing may be accepted afterwards. */
  public ThreadResult finish() {
    tally.pairing().openAtEnd += open == null ? 0 : 1;
    tally.sawVcpu(vcpu.vcpu());
    TumblingEdge windows = tumbling.edge();
    return new ThreadResult(
        tally,
        new ThreadPeaks(
            sliding.best(),
            sliding.busyBest(),
            windows == null ? null : windows.best(),
            windows == null ? null : windows.busyBest()));
  }

  private void pair(MovedEvent exit, MovedEvent entry) {
    Isa isa = Isa.ofFlags(exit.flags());
    if (rules.traits().excluded(isa, exit.code())) {
      tally.pairing().excluded++;
      return;
    }
    Latency latency =
        new Latency(
            exit.time(),
            entry.time(),
            ThreadKey.pid(tally.key()),
            entry.cpu(),
            exit.vcpu(),
            isa,
            exit.code(),
            exit.instructionPointer());
    boolean idle = rules.traits().idle(isa, exit.code());
    tally.add(latency, idle);
    sliding.add(latency.entryTime(), latency.latency(), idle);
    tumbling.add(latency.entryTime(), latency.latency(), idle);
    rows.latency(latency, idle);
  }
}
