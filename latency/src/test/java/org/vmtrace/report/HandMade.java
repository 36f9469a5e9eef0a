package org.vmtrace.report;

import java.util.List;
import java.util.Map;
import org.vmtrace.event.ExitReasons;
import org.vmtrace.latency.Latency;
import org.vmtrace.latency.pair.HandMadeCounts;
import org.vmtrace.latency.pair.PairingCounts;
import org.vmtrace.latency.pair.StreamCounts.DamagedPage;
import org.vmtrace.latency.summary.Clock;
import org.vmtrace.latency.summary.Extreme;
import org.vmtrace.latency.summary.HostRow;
import org.vmtrace.latency.summary.ReasonRow;
import org.vmtrace.latency.summary.RecordingInfo;
import org.vmtrace.latency.summary.Statistics;
import org.vmtrace.latency.summary.Summary;
import org.vmtrace.latency.summary.Summary.DamageRow;
import org.vmtrace.latency.summary.Summary.Events;
import org.vmtrace.latency.summary.Summary.KernelStats;
import org.vmtrace.latency.summary.Summary.MovedRow;
import org.vmtrace.latency.summary.Summary.RecordingRow;
import org.vmtrace.latency.summary.Summary.SkippedFile;
import org.vmtrace.latency.summary.ThreadRow;
import org.vmtrace.latency.summary.Totals;
import org.vmtrace.latency.summary.WorstRow;
import org.vmtrace.ring.Damage;
import org.vmtrace.ring.Isa;

/** A summary written down by hand; tests change what they are about. */
final class HandMade {
  static final Statistics NONE = new Statistics(0, 0, null, null, null, List.of(), null, null);

  static final Statistics ALL =
      new Statistics(
          3,
          12_001_999,
          1_999L,
          4_000_666L,
          longest(7_000_000),
          List.of(5_001_215L, 7_000_000L, 7_000_000L, 7_000_000L, 7_000_000L),
          sum(12_000_000, 90_012_000_000L),
          sum(7_000_000, 90_000_000_000L));

  static final Statistics BUSY =
      new Statistics(
          2,
          5_001_999,
          1_999L,
          2_501_000L,
          longest(5_000_000, 90_005_000_000L, 48, "EPT_VIOLATION"),
          List.of(2_000L, 5_000_000L, 5_000_000L, 5_000_000L, 5_000_000L),
          sum(5_000_000, 90_005_000_000L),
          sum(5_000_000, 90_005_000_000L));

  static final Totals TOTALS =
      new Totals(
          3,
          12_001_999,
          ALL.max(),
          ALL.maxWithinWindow(),
          2,
          5_001_999,
          BUSY.max(),
          BUSY.maxWithinWindow(),
          11,
          2,
          1);

  long window = 1_000_000;
  String clock = "mono";
  List<String> recordings = List.of("trace.bin");
  String comm = "CPU 0/KVM";
  Events events = new Events(7, 0, 0, 0, 0);
  PairingCounts pairing = HandMadeCounts.pairing(6, 5, 1, 1, 1, 0, 1, 0, 0);
  Statistics all = ALL;
  Statistics busy = BUSY;
  int threads = 1;
  List<MovedRow> moved = List.of();
  List<DamageRow> damage = List.of();
  List<KernelStats> kernelStats = List.of();
  List<HostRow> hosts = List.of();
  List<SkippedFile> skipped = List.of();
  List<String> warnings = List.of();

  static Extreme longest(long value) {
    return longest(value, 90_012_000_000L, 12, "HLT");
  }

  static Extreme longest(long value, long at, long code, String reason) {
    Latency latency = new Latency(at - value, at, 284, 3, 0, Isa.VMX, code, 0);
    return new Extreme(value, at, 284, "trace.bin", latency, reason);
  }

  static Extreme sum(long value, long at) {
    return new Extreme(value, at, 284, "trace.bin", null, "");
  }

  /** A summary of no event at all. */
  static HandMade empty() {
    HandMade made = new HandMade();
    made.events = new Events(0, 0, 0, 0, 0);
    made.pairing = HandMadeCounts.pairing(0, 0, 0, 0, 0, 0, 0, 0, 0);
    made.all = NONE;
    made.busy = NONE;
    made.threads = 0;
    return made;
  }

  static DamageRow damaged(long position) {
    return new DamageRow(
        "/traces/trace.bin", new DamagedPage(position, 3, Damage.RECORD_LENGTH_ZERO, 1024));
  }

  Summary summary() {
    boolean any = all.latencies() > 0;
    Clock clocks = Clock.of(List.of(clock));
    return new Summary(
        window,
        10,
        clocks,
        recordings.stream().map(name -> recording(name, any)).toList(),
        hosts,
        events,
        pairing,
        all,
        busy,
        any
            ? List.of(
                new ReasonRow("HLT", Isa.VMX, 12, true, 1, 7_000_000, 7_000_000, 7_000_000),
                new ReasonRow(
                    "EPT_VIOLATION", Isa.VMX, 48, false, 2, 5_001_999, 5_000_000, 5_000_000))
            : List.of(),
        java.util.stream.IntStream.range(0, threads).mapToObj(this::thread).toList(),
        any ? List.of(worst(0xffffffff81000010L), worst(null)) : List.of(),
        moved,
        damage,
        kernelStats,
        skipped,
        warnings);
  }

  private RecordingRow recording(String name, boolean any) {
    RecordingInfo info =
        new RecordingInfo(
            name,
            "host7",
            "Linux host7 6.1.0 #1 SMP x86_64",
            clock,
            List.of("/traces/" + name),
            Map.of(),
            ExitReasons.TABLES,
            true,
            false);
    return new RecordingRow(
        info,
        any ? 89_999_000_000L : null,
        any ? 90_012_000_500L : null,
        any ? TOTALS : Totals.NONE);
  }

  private ThreadRow thread(int index) {
    return new ThreadRow(
        recordings.get(0), 284 + index, comm, index == 0 ? 0 : -1, List.of(0, 1, 2, 5), all, busy);
  }

  private WorstRow worst(Long guestIp) {
    return new WorstRow(
        recordings.get(0),
        comm,
        "HLT",
        new Latency(
            90_005_000_000L,
            90_012_000_000L,
            284,
            3,
            0,
            Isa.VMX,
            12,
            guestIp == null ? 0 : guestIp),
        guestIp);
  }
}
