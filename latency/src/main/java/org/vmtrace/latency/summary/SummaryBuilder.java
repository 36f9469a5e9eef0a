package org.vmtrace.latency.summary;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.vmtrace.latency.Latency;
import org.vmtrace.latency.Sums;
import org.vmtrace.latency.ThreadKey;
import org.vmtrace.latency.pair.PairingCounts;
import org.vmtrace.latency.pair.StreamCounts;
import org.vmtrace.latency.pair.StreamCounts.DamagedPage;
import org.vmtrace.latency.split.ThreadPeaks;
import org.vmtrace.latency.split.ThreadResult;
import org.vmtrace.latency.summary.Summary.DamageRow;
import org.vmtrace.latency.summary.Summary.Events;
import org.vmtrace.latency.summary.Summary.KernelStats;
import org.vmtrace.latency.summary.Summary.MovedRow;
import org.vmtrace.latency.summary.Summary.RecordingRow;
import org.vmtrace.latency.summary.Summary.SkippedFile;
import org.vmtrace.latency.tally.ReasonTally;
import org.vmtrace.latency.tally.ThreadTally;
import org.vmtrace.latency.tally.WorstLatencies;

/**
 * Gathers finished threads and streams into a {@link Summary}. Any order of adding, and any tree of
 * merging, gives the same summary. Not thread-safe.
 */
public final class SummaryBuilder implements Serializable {
  private static final long serialVersionUID = 1;

  private static final Comparator<DamageRow> BY_PATH_AND_PLACE =
      Comparator.comparing(DamageRow::path)
          .thenComparing(row -> row.page().position())
          .thenComparing(row -> row.page().offset());

  private final long window;
  private final int worstListed;
  private final Map<String, Seen> recordings = new TreeMap<>();

  /** By recording, which may be added later. */
  private final Map<String, Totals> totals = new TreeMap<>();

  /** Made where it is needed: it does not travel. */
  private transient Percentiles percentiles;

  private final LatencyTotals all = new LatencyTotals();
  private final LatencyTotals busy = new LatencyTotals();
  private final ReasonTotals reasons = new ReasonTotals();
  private final PairingCounts pairing = new PairingCounts();
  private final List<ThreadRow> threads = new ArrayList<>();
  private final List<WorstRow> worst = new ArrayList<>();
  private final List<DamageRow> damage = new ArrayList<>();
  private final List<KernelStats> kernelStats = new ArrayList<>();
  private final List<MovedRow> movedThreads = new ArrayList<>();
  private final List<SkippedFile> skippedFiles = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private Events events = Events.NONE;

  /** A recording and the times of its events. */
  private static final class Seen implements Serializable {
    private static final long serialVersionUID = 1;
    final RecordingInfo info;
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;

    Seen(RecordingInfo info) {
      this.info = info;
    }
  }

  /**
   * A summary of nothing.
   *
   * @param window length of the windows in units of the clock
   * @param worst how many of the worst latencies to list
   */
  public SummaryBuilder(long window, int worst) {
    this.window = window;
    this.worstListed = worst;
  }

  /** Takes a recording, once. */
  public void addRecording(RecordingInfo info) {
    recordings.put(info.name(), new Seen(info));
  }

  /**
   * Takes the counts of a stream.
   *
   * @param recording the name of a recording that was added
   * @param path the file that the stream lies in
   */
  public void addStream(String recording, String path, StreamCounts counts) {
    events = events.plus(Events.of(counts));
    totals.merge(recording, Totals.of(counts), Totals::plus);
    if (counts.anyEvent()) {
      Seen seen = recordings.get(recording);
      seen.first = Math.min(seen.first, counts.minTime());
      seen.last = Math.max(seen.last, counts.maxTime());
    }
    for (DamagedPage page : counts.damage()) {
      damage.add(new DamageRow(path, page));
    }
  }

  /** Takes what the kernel counted on a CPU. */
  public void addKernelStats(KernelStats stats) {
    kernelStats.add(stats);
  }

  /** Takes a file that could not be read and is left out, once or for each of its buffers. */
  public void addSkippedFile(SkippedFile file) {
    skippedFiles.add(file);
  }

  /** Takes a sentence that a reader of the numbers must know. */
  public void addWarning(String warning) {
    warnings.add(warning);
  }

  /** Takes a finished thread of a recording. */
  public void addThread(RecordingInfo info, ThreadResult result) {
    ThreadTally tally = result.tally();
    ThreadPeaks peaks = result.peaks();
    int pid = ThreadKey.pid(tally.key());
    String name = info.name();
    LatencyTotals threadAll = new LatencyTotals();
    LatencyTotals threadBusy = new LatencyTotals();
    for (ReasonTally reason : tally.reasons()) {
      threadAll.add(reason);
      if (!reason.idle()) {
        threadBusy.add(reason);
      }
      reasons.add(reason, info.reasons().name(reason.isa(), reason.code()));
    }
    threadAll.extremes(
        longest(tally.worst(), info),
        Extreme.of(peaks.sliding(), pid, name),
        Extreme.of(peaks.tumbling(), pid, name));
    threadBusy.extremes(
        longest(tally.worstBusy(), info),
        Extreme.of(peaks.busySliding(), pid, name),
        Extreme.of(peaks.busyTumbling(), pid, name));
    all.add(threadAll);
    busy.add(threadBusy);
    pairing.add(tally.pairing());
    Statistics allStatistics = threadAll.statistics(percentiles());
    Statistics busyStatistics = threadBusy.statistics(percentiles());
    totals.merge(name, Totals.of(allStatistics, busyStatistics), Totals::plus);
    threads.add(
        new ThreadRow(
            name,
            pid,
            info.comm(pid),
            tally.vcpu(),
            List.copyOf(tally.cpus()),
            allStatistics,
            busyStatistics));
    for (Latency latency : tally.worst().list()) {
      String reasonName = info.reasons().name(latency.isa(), latency.code());
      Long guestIp = info.hasInstructionPointer() ? latency.instructionPointer() : null;
      worst.add(new WorstRow(name, info.comm(pid), reasonName, latency, guestIp));
    }
    keepWorst();
  }

  /** Takes a thread that was seen on more than one CPU of its recording. */
  public void addMovedThread(MovedRow thread) {
    movedThreads.add(thread);
  }

  /** Takes all that another builder with the same rules has taken. */
  public void merge(SummaryBuilder more) {
    more.recordings.forEach(
        (name, seen) -> {
          Seen mine = recordings.computeIfAbsent(name, n -> new Seen(seen.info));
          mine.first = Math.min(mine.first, seen.first);
          mine.last = Math.max(mine.last, seen.last);
        });
    more.totals.forEach((name, others) -> totals.merge(name, others, Totals::plus));
    all.add(more.all);
    busy.add(more.busy);
    reasons.add(more.reasons);
    pairing.add(more.pairing);
    threads.addAll(more.threads);
    worst.addAll(more.worst);
    keepWorst();
    damage.addAll(more.damage);
    kernelStats.addAll(more.kernelStats);
    movedThreads.addAll(more.movedThreads);
    skippedFiles.addAll(more.skippedFiles);
    warnings.addAll(more.warnings);
    events = events.plus(more.events);
  }

  /** The summary of all that was taken. */
  public Summary build() {
    Statistics allStatistics = all.statistics(percentiles());
    Set<String> sentences = new TreeSet<>(warnings);
    if (allStatistics.sum() == Sums.MOST) {
      sentences.add(
          "a sum of latencies is too large: the largest sums and their means are too small");
    }
    List<RecordingRow> rows = recordings.values().stream().map(this::row).toList();
    UnjoinedFiles.warning(rows, threads).ifPresent(sentences::add);
    return new Summary(
        window,
        worstListed,
        Clock.of(recordings.values().stream().map(seen -> seen.info.clock()).toList()),
        rows,
        HostRow.of(rows),
        events,
        pairing,
        allStatistics,
        busy.statistics(percentiles()),
        reasons.rows(percentiles()),
        threads.stream().sorted(ThreadRow.LARGEST_MAX_FIRST).toList(),
        worst.stream().limit(worstListed).toList(),
        movedThreads.stream()
            .sorted(Comparator.comparing(MovedRow::recording).thenComparing(MovedRow::thread))
            .toList(),
        damage.stream().sorted(BY_PATH_AND_PLACE).toList(),
        kernelStats.stream()
            .sorted(Comparator.comparing(KernelStats::recording).thenComparing(KernelStats::cpu))
            .toList(),
        skippedFiles.stream()
            .distinct()
            .sorted(Comparator.comparing(SkippedFile::path).thenComparing(SkippedFile::reason))
            .toList(),
        List.copyOf(sentences));
  }

  private RecordingRow row(Seen seen) {
    boolean any = seen.first <= seen.last;
    return new RecordingRow(
        seen.info,
        any ? seen.first : null,
        any ? seen.last : null,
        totals.getOrDefault(seen.info.name(), Totals.NONE));
  }

  private static Extreme longest(WorstLatencies worst, RecordingInfo info) {
    Latency first = worst.first();
    return first == null
        ? null
        : Extreme.of(first, info.name(), info.reasons().name(first.isa(), first.code()));
  }

  private void keepWorst() {
    worst.sort(WorstRow.WORST_FIRST);
    if (worst.size() > worstListed) {
      worst.subList(worstListed, worst.size()).clear();
    }
  }

  private Percentiles percentiles() {
    if (percentiles == null) {
      percentiles = new Percentiles();
    }
    return percentiles;
  }
}
