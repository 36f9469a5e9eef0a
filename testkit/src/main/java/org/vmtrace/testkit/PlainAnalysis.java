package org.vmtrace.testkit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.vmtrace.testkit.PlainCounts.Count;
import org.vmtrace.testkit.PlainPairing.Pair;
import org.vmtrace.testkit.PlainPairing.ThreadPairs;

/**
 * All numbers of design section 3, by brute force over lists of events.
 *
 * <p>Where the design leaves it open: the time of a sliding maximum is the entry that ends the
 * window, that of a tumbling one the window's start; reasons are told apart by isa and code;
 * consecutive latencies of one tumbling window make one row even if time stepped back between them;
 * a step back cuts nothing of threads that moved, whose events are sorted by time.
 */
public final class PlainAnalysis {
  /**
   * What is asked for.
   *
   * @param windowNs length of the windows
   * @param excluded latencies to leave out
   * @param worst how many of the longest latencies to list
   */
  public record Options(long windowNs, Predicate<PlainLatency> excluded, int worst) {
    /** Windows of that length, nothing left out, the ten worst. */
    public static Options window(long windowNs) {
      return new Options(windowNs, latency -> false, 10);
    }
  }

  /**
   * What one exit reason took.
   *
   * @param p99Ns the 99th percentile
   */
  public record Reason(
      PlainIsa isa, long code, boolean idle, long latencies, long sumNs, long maxNs, long p99Ns) {}

  /**
   * What one thread had. Every thread with an exit or an entry is listed.
   *
   * @param cpus where it had exits or entries
   * @param vcpu what its last exit named, else its first entry; null if none did
   */
  public record ThreadRow(
      PlainThread thread,
      String comm,
      boolean moved,
      Set<Integer> cpus,
      Integer vcpu,
      PlainCounts counts,
      PlainStatistics all,
      PlainStatistics busy) {}

  private final Options options;
  private final PlainCounts counts = new PlainCounts();
  private final List<ThreadPairs> threadPairs = new ArrayList<>();
  private final Map<String, String> hosts = new TreeMap<>();
  private Long firstTimeNs;
  private Long lastTimeNs;

  private PlainAnalysis(Options options) {
    this.options = options;
  }

  /** Analyses recordings together. */
  public static PlainAnalysis of(List<PlainRecording> recordings, Options options) {
    PlainAnalysis analysis = new PlainAnalysis(options);
    recordings.forEach(analysis::add);
    return analysis;
  }

  private void add(PlainRecording recording) {
    hosts.put(recording.name(), recording.host());
    for (PlainStream stream : recording.streams()) {
      countStream(stream);
    }
    for (ThreadPairs thread : PlainPairing.of(recording)) {
      List<Pair> excluded =
          thread.pairs().stream().filter(pair -> options.excluded().test(pair.latency())).toList();
      thread.pairs().removeIf(pair -> options.excluded().test(pair.latency()));
      thread.counts().move(Count.LATENCIES, Count.EXCLUDED, excluded.size());
      counts.addAll(thread.counts());
      threadPairs.add(thread);
    }
  }

  /** What is counted by page and stream; exits and entries are counted by thread. */
  private void countStream(PlainStream stream) {
    PlainEvent before = null;
    for (PlainPage page : stream.pages()) {
      if (page.lost()) {
        counts.addOne(Count.LOST_PLACES);
        counts.add(Count.LOST, page.lostCount());
      }
      if (page.damage() != null) {
        counts.addOne(Count.DAMAGED_PAGES);
      }
      for (PlainEvent event : page.events()) {
        if (event.kind() == PlainEvent.Kind.OTHER) {
          counts.addOne(Count.OTHER);
        }
        if (before != null && event.timeNs() < before.timeNs()) {
          counts.addOne(Count.STEPS_BACK);
        }
        before = event;
        long time = event.timeNs();
        firstTimeNs = firstTimeNs == null ? time : Math.min(firstTimeNs, time);
        lastTimeNs = lastTimeNs == null ? time : Math.max(lastTimeNs, time);
      }
    }
  }

  /** Events and pairing, all recordings together. */
  public PlainCounts counts() {
    return counts;
  }

  /** The earliest time of any event, null if there is none. */
  public Long firstTimeNs() {
    return firstTimeNs;
  }

  /** The latest time of any event, null if there is none. */
  public Long lastTimeNs() {
    return lastTimeNs;
  }

  /** All latencies: by recording and thread in the order of entries, moved threads last. */
  public List<PlainLatency> latencies() {
    return threadPairs.stream().flatMap(thread -> latencies(thread.pairs()).stream()).toList();
  }

  /** All rows of tumbling windows, by recording and thread. */
  public List<PlainWindow> windows() {
    return threadPairs.stream().flatMap(thread -> windows(thread).stream()).toList();
  }

  /** All latencies together. */
  public PlainStatistics all() {
    return statistics(threadPairs, false);
  }

  /** All latencies together whose reason is not idle. */
  public PlainStatistics busy() {
    return statistics(threadPairs, true);
  }

  /** One row for each reason: the largest sum first, then the smaller code. */
  public List<Reason> reasons() {
    Map<PlainIsa, Map<Long, List<PlainLatency>>> groups =
        latencies().stream()
            .collect(
                Collectors.groupingBy(
                    PlainLatency::isa, Collectors.groupingBy(PlainLatency::code)));
    List<Reason> reasons = new ArrayList<>();
    groups.forEach(
        (isa, codes) ->
            codes.forEach((code, latencies) -> reasons.add(reason(isa, code, latencies))));
    reasons.sort(
        Comparator.comparingLong(Reason::sumNs)
            .reversed()
            .thenComparing(Reason::code)
            .thenComparing(Reason::isa));
    return reasons;
  }

  /** One row for each thread: the largest maximum first, those without latencies last. */
  public List<ThreadRow> threads() {
    Comparator<ThreadRow> byMaximum =
        Comparator.comparingLong(row -> row.all().max() == null ? -1 : row.all().max().latencyNs());
    return threadPairs.stream()
        .map(
            thread ->
                new ThreadRow(
                    thread.thread(),
                    thread.comm(),
                    thread.moved(),
                    thread.cpus(),
                    thread.vcpu(),
                    thread.counts(),
                    statistics(List.of(thread), false),
                    statistics(List.of(thread), true)))
        .sorted(byMaximum.reversed().thenComparing(ThreadRow::thread, PlainThread.ORDER))
        .toList();
  }

  /** The longest latencies, longest first. */
  public List<PlainLatency> worst() {
    return latencies().stream().sorted(PlainLatency.WORST_FIRST).limit(options.worst()).toList();
  }

  /** The threads that were seen on more than one stream of their recording. */
  public List<PlainThread> movedThreads() {
    return threadPairs.stream()
        .filter(ThreadPairs::moved)
        .map(ThreadPairs::thread)
        .sorted(PlainThread.ORDER)
        .toList();
  }

  private static Reason reason(PlainIsa isa, long code, List<PlainLatency> latencies) {
    PlainStatistics numbers = PlainStatistics.of(latencies, List.of(), List.of());
    return new Reason(
        isa,
        code,
        isa.idle(code),
        numbers.latencies(),
        numbers.sumNs(),
        numbers.max().latencyNs(),
        numbers.percentilesNs().get("99"));
  }

  private PlainStatistics statistics(List<ThreadPairs> threads, boolean busyOnly) {
    List<PlainLatency> latencies = new ArrayList<>();
    List<PlainPeak> sliding = new ArrayList<>();
    List<PlainPeak> tumbling = new ArrayList<>();
    for (ThreadPairs thread : threads) {
      List<Pair> pairs =
          thread.pairs().stream().filter(pair -> !busyOnly || !pair.latency().idle()).toList();
      latencies.addAll(latencies(pairs));
      Optional<PlainPeak> peak = PlainWindows.sliding(thread.thread(), pairs, options.windowNs());
      peak.ifPresent(sliding::add);
      for (PlainWindow window : windows(thread)) {
        if (!busyOnly || window.busyLatencies() > 0) {
          long sum = busyOnly ? window.busyCumulativeNs() : window.cumulativeNs();
          tumbling.add(new PlainPeak(sum, window.startNs(), thread.thread()));
        }
      }
    }
    return PlainStatistics.of(latencies, sliding, tumbling);
  }

  private List<PlainWindow> windows(ThreadPairs thread) {
    String host = hosts.get(thread.thread().recording());
    return PlainWindows.tumbling(thread, host, options.windowNs());
  }

  private static List<PlainLatency> latencies(List<Pair> pairs) {
    return pairs.stream().map(Pair::latency).toList();
  }
}
