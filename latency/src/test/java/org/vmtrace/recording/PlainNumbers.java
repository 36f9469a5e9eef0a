package org.vmtrace.recording;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.vmtrace.latency.pair.PairingCounts;
import org.vmtrace.latency.summary.Extreme;
import org.vmtrace.latency.summary.ReasonRow;
import org.vmtrace.latency.summary.Statistics;
import org.vmtrace.latency.summary.Summary;
import org.vmtrace.latency.summary.ThreadRow;
import org.vmtrace.latency.summary.WorstRow;
import org.vmtrace.testkit.PlainAnalysis;
import org.vmtrace.testkit.PlainCounts.Count;
import org.vmtrace.testkit.PlainLatency;
import org.vmtrace.testkit.PlainPeak;
import org.vmtrace.testkit.PlainStatistics;

/**
 * Brings a summary and the plain reference's answer into one shape, so that they can be compared.
 */
final class PlainNumbers {
  private PlainNumbers() {}

  static Map<String, Object> of(Summary summary) {
    Map<String, Object> numbers = new LinkedHashMap<>();
    PairingCounts pairing = summary.pairing();
    Map<Count, Long> counts = new TreeMap<>();
    counts.put(Count.EXITS, pairing.exits());
    counts.put(Count.ENTRIES, pairing.entries());
    counts.put(Count.OTHER, summary.events().other());
    counts.put(Count.LOST, summary.events().lost());
    counts.put(Count.LOST_PLACES, summary.events().lostPlaces());
    counts.put(Count.DAMAGED_PAGES, summary.events().damagedPages());
    counts.put(Count.STEPS_BACK, summary.events().stepsBack());
    counts.put(Count.FAILED_ENTRIES, pairing.failedEntries());
    counts.put(Count.IMMEDIATE_EXITS, pairing.immediateExits());
    counts.put(Count.LATENCIES, summary.all().latencies());
    counts.put(Count.EXCLUDED, pairing.excluded());
    counts.put(Count.UNPAIRED_EXITS, pairing.unpairedExits());
    counts.put(Count.UNPAIRED_ENTRIES, pairing.unpairedEntries());
    counts.put(Count.DROPPED_BY_LOSS, pairing.droppedByLoss());
    counts.put(Count.OPEN_AT_END, pairing.openAtEnd());
    numbers.put("counts", counts);
    Summary.RecordingRow recording = summary.recordings().get(0);
    numbers.put("first", recording.firstTime());
    numbers.put("last", recording.lastTime());
    numbers.put("all", statistics(summary.all()));
    numbers.put("busy", statistics(summary.busy()));
    List<Object> reasons = new ArrayList<>();
    for (ReasonRow row : summary.reasons()) {
      reasons.add(
          List.of(
              row.isa().name(),
              row.code(),
              row.idle(),
              row.latencies(),
              row.sum(),
              row.max(),
              row.p99()));
    }
    numbers.put("reasons", reasons);
    List<Object> threads = new ArrayList<>();
    for (ThreadRow row : summary.threads()) {
      threads.add(
          List.of(
              row.thread(),
              row.thread() == 0 ? "" : row.comm(),
              row.vcpu(),
              row.cpus(),
              statistics(row.all()),
              statistics(row.busy())));
    }
    numbers.put("threads", threads);
    List<Object> worst = new ArrayList<>();
    for (WorstRow row : summary.worst()) {
      worst.add(
          List.of(
              row.latency().exitTime(),
              row.latency().entryTime(),
              row.latency().thread(),
              row.latency().cpu(),
              row.latency().code(),
              String.valueOf(row.guestIp())));
    }
    numbers.put("worst", worst);
    numbers.put("moved", summary.movedThreads().stream().map(t -> t.thread()).toList());
    return numbers;
  }

  static Map<String, Object> of(PlainAnalysis plain) {
    Map<String, Object> numbers = new LinkedHashMap<>();
    Map<Count, Long> counts = new TreeMap<>();
    for (Count count : Count.values()) {
      counts.put(count, plain.counts().get(count));
    }
    numbers.put("counts", counts);
    numbers.put("first", plain.firstTimeNs());
    numbers.put("last", plain.lastTimeNs());
    numbers.put("all", statistics(plain.all()));
    numbers.put("busy", statistics(plain.busy()));
    List<Object> reasons = new ArrayList<>();
    for (PlainAnalysis.Reason row : plain.reasons()) {
      reasons.add(
          List.of(
              row.isa().name(),
              row.code(),
              row.idle(),
              row.latencies(),
              row.sumNs(),
              row.maxNs(),
              row.p99Ns()));
    }
    numbers.put("reasons", reasons);
    List<Object> threads = new ArrayList<>();
    for (PlainAnalysis.ThreadRow row : plain.threads()) {
      threads.add(
          List.of(
              row.thread().pid(),
              row.thread().pid() == 0 ? "" : row.comm(),
              row.vcpu() == null ? -1 : row.vcpu(),
              List.copyOf(row.cpus()),
              statistics(row.all()),
              statistics(row.busy())));
    }
    numbers.put("threads", threads);
    List<Object> worst = new ArrayList<>();
    for (PlainLatency latency : plain.worst()) {
      worst.add(
          List.of(
              latency.exitTimeNs(),
              latency.entryTimeNs(),
              latency.pid(),
              latency.cpu(),
              latency.code(),
              String.valueOf(latency.guestIp())));
    }
    numbers.put("worst", worst);
    numbers.put("moved", plain.movedThreads().stream().map(t -> t.pid()).toList());
    return numbers;
  }

  private static Map<String, Object> statistics(Statistics statistics) {
    Map<String, Object> numbers = new LinkedHashMap<>();
    numbers.put("latencies", statistics.latencies());
    numbers.put("sum", statistics.sum());
    numbers.put("min", statistics.min());
    numbers.put("mean", statistics.mean());
    numbers.put("max", longest(statistics.max()));
    numbers.put("percentiles", statistics.percentiles());
    numbers.put("sliding", extreme(statistics.maxWithinWindow()));
    numbers.put("tumbling", extreme(statistics.maxTumblingWindow()));
    return numbers;
  }

  private static List<Object> longest(Extreme extreme) {
    return extreme == null
        ? List.of()
        : List.of(
            extreme.value(),
            extreme.at(),
            extreme.thread(),
            extreme.latency().cpu(),
            extreme.latency().code());
  }

  private static List<Object> extreme(Extreme extreme) {
    return extreme == null ? List.of() : List.of(extreme.value(), extreme.at(), extreme.thread());
  }

  private static Map<String, Object> statistics(PlainStatistics plain) {
    Map<String, Object> numbers = new LinkedHashMap<>();
    numbers.put("latencies", plain.latencies());
    numbers.put("sum", plain.sumNs());
    numbers.put("min", plain.minNs());
    numbers.put("mean", plain.meanNs());
    numbers.put(
        "max",
        plain.max() == null
            ? List.of()
            : List.of(
                plain.max().latencyNs(),
                plain.max().entryTimeNs(),
                plain.max().pid(),
                plain.max().cpu(),
                plain.max().code()));
    List<Long> percentiles = new ArrayList<>();
    if (plain.latencies() > 0) {
      Statistics.PERCENTILE_NAMES.forEach(name -> percentiles.add(plain.percentilesNs().get(name)));
    }
    numbers.put("percentiles", percentiles);
    numbers.put("sliding", extreme(plain.maxWithinWindow()));
    numbers.put("tumbling", extreme(plain.maxTumblingWindow()));
    return numbers;
  }

  private static List<Object> extreme(PlainPeak peak) {
    return peak == null ? List.of() : List.of(peak.valueNs(), peak.atNs(), peak.thread().pid());
  }
}
