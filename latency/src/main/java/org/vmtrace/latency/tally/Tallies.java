package org.vmtrace.latency.tally;

import java.io.DataOutput;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.latency.Latency;
import org.vmtrace.latency.ThreadKey;
import org.vmtrace.latency.Varints;
import org.vmtrace.latency.pair.PairingCounts.Outcome;

/** The tallies of all threads of a stream or of a split of one. */
public final class Tallies implements Corrections {
  private final AnalysisRules rules;
  private final Map<Long, ThreadTally> threads = new TreeMap<>();

  /** No threads. */
  public Tallies(AnalysisRules rules) {
    this.rules = rules;
  }

  /** All threads, by {@link ThreadKey} in ascending order. */
  public Collection<ThreadTally> threads() {
    return Collections.unmodifiableCollection(threads.values());
  }

  /** The tally of a thread, made where there is none. */
  public ThreadTally thread(long key) {
    return threads.computeIfAbsent(key, k -> new ThreadTally(k, rules.worst()));
  }

  /** Adds what was counted elsewhere. */
  public void addAll(Tallies other) {
    for (ThreadTally tally : other.threads()) {
      thread(tally.key()).add(tally);
    }
  }

  /**
   * A look at the threads' latencies.
   *
   * @param leftOut the {@link ThreadKey}s of threads that are not looked at
   */
  public Glance glance(Set<Long> leftOut) {
    long latencies = 0;
    long sum = 0;
    long longest = 0;
    long longestBusy = 0;
    for (ThreadTally thread : threads.values()) {
      if (leftOut.contains(thread.key())) {
        continue;
      }
      for (ReasonTally reason : thread.reasons()) {
        latencies += reason.latencies();
        sum += reason.sum();
        longest = Math.max(longest, reason.max());
        longestBusy = reason.idle() ? longestBusy : Math.max(longestBusy, reason.max());
      }
    }
    return new Glance(latencies, sum, longest, longestBusy);
  }

  @Override
  public void latency(long key, Latency latency) {
    thread(key).add(latency, rules.traits().idle(latency.isa(), latency.code()));
  }

  @Override
  public void count(long key, Outcome outcome) {
    thread(key).pairing().count(outcome);
  }

  @Override
  public void vcpu(long key, int vcpu) {
    thread(key).sawVcpu(vcpu);
  }

  /** Writes it for another process. */
  public void write(DataOutput out) throws IOException {
    Varints.write(out, threads.size());
    for (ThreadTally tally : threads.values()) {
      tally.write(out);
    }
  }
}
