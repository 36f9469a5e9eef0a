package org.vmtrace.collect;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.vmtrace.collect.host.GuestThread;
import org.vmtrace.collect.host.HostCpus;
import org.vmtrace.collect.tracefs.CpuList;

/** Checks and completes the user's choice of CPUs. */
final class CpuChoice {
  private final HostCpus host;
  private final BitSet traced;

  /**
   * A choice.
   *
   * @param traced the CPUs to trace
   */
  CpuChoice(HostCpus host, BitSet traced) {
    this.host = host;
    this.traced = traced;
  }

  /**
   * Checks that CPUs are there and run.
   *
   * @param what what they are for, as messages name it: {@code trace}, {@code collect on}
   * @throws IllegalArgumentException if not; the message is one sentence
   */
  void requireOnline(BitSet cpus, String what) {
    BitSet absent = minus(cpus, host.possible());
    if (!absent.isEmpty()) {
      throw new IllegalArgumentException(
          "cannot "
              + what
              + " "
              + CpuList.name(absent)
              + ": this machine has CPUs "
              + CpuList.format(host.possible()));
    }
    BitSet offline = minus(cpus, host.online());
    if (!offline.isEmpty()) {
      throw new IllegalArgumentException(
          "cannot "
              + what
              + " "
              + CpuList.name(offline)
              + ": offline; online are "
              + CpuList.format(host.online())
              + " (echo 1 > /sys/devices/system/cpu/cpuN/online brings one up)");
    }
  }

  /**
   * A CPU for the collector: one that is allowed and not traced, if possible on the node of the
   * first traced CPU, on a core that is not traced, not isolated, and without a vCPU.
   *
   * @param guests the vCPU threads of the host
   * @throws IllegalArgumentException if there is none; the message is one sentence
   */
  int chooseCollector(List<GuestThread> guests) {
    BitSet candidates = minus(host.allowed(), traced);
    candidates.and(host.online());
    int node = host.node(traced.nextSetBit(0));
    BitSet cores = tracedCores();
    BitSet isolated = host.isolated();
    BitSet busy = lastCpus(guests);
    return candidates.stream()
        .boxed()
        .min(
            Comparator.comparing((Integer cpu) -> host.node(cpu) != node)
                .thenComparing(cpu -> cores.get(cpu))
                .thenComparing(cpu -> isolated.get(cpu))
                .thenComparing(cpu -> busy.get(cpu))
                .thenComparing(Comparator.naturalOrder()))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no CPU left to collect on: this process may run on "
                        + CpuList.name(host.allowed())
                        + " and these are traced; trace fewer, or name one with -c"));
  }

  private BitSet tracedCores() {
    BitSet cores = new BitSet();
    traced.stream().forEach(cpu -> cores.or(host.siblings(cpu)));
    return cores;
  }

  private static BitSet lastCpus(List<GuestThread> guests) {
    BitSet cpus = new BitSet();
    guests.stream().filter(thread -> thread.lastCpu() >= 0).forEach(t -> cpus.set(t.lastCpu()));
    return cpus;
  }

  /**
   * What may spoil the measurement, one sentence each.
   *
   * @param collecting the CPUs of the collector
   */
  List<String> warnings(BitSet collecting) {
    List<String> warnings = new ArrayList<>();
    BitSet both = (BitSet) collecting.clone();
    both.and(traced);
    BitSet shared = minus(tracedCores(), traced);
    shared.and(collecting);
    if (!both.isEmpty()) {
      warnings.add(
          CpuList.name(both) + " collects and is traced: the collector disturbs what it measures");
    } else if (!shared.isEmpty()) {
      warnings.add(
          "collecting " + CpuList.name(shared) + " shares a core with a traced CPU and slows it");
    }
    int node = host.node(traced.nextSetBit(0));
    BitSet far = new BitSet();
    collecting.stream().filter(cpu -> host.node(cpu) != node).forEach(far::set);
    if (!far.isEmpty()) {
      warnings.add(
          "collecting "
              + CpuList.name(far)
              + " is not on NUMA node "
              + node
              + " of traced CPU "
              + traced.nextSetBit(0)
              + ": moving pages between nodes takes longer");
    }
    BitSet common = minus(traced, host.isolated());
    if (!common.isEmpty()) {
      warnings.add(
          CpuList.name(common)
              + (common.cardinality() == 1 ? " is" : " are")
              + " not isolated (isolcpus): other work runs there, too, and is measured with it");
    }
    return warnings;
  }

  /**
   * What is wrong with tracing these CPUs if guests are looked for, one sentence each.
   *
   * @param guests the vCPU threads of the host
   */
  List<String> guestWarnings(List<GuestThread> guests) {
    if (guests.isEmpty()) {
      return List.of("no KVM guest runs on this host, as far as this user may see");
    }
    BitSet running = lastCpus(guests);
    BitSet without = minus(traced, running);
    return without.isEmpty()
        ? List.of()
        : List.of(
            "no vCPU thread runs on "
                + CpuList.name(without)
                + "; they run on "
                + CpuList.name(running)
                + " (--list shows them)");
  }

  private static BitSet minus(BitSet from, BitSet what) {
    BitSet rest = (BitSet) from.clone();
    rest.andNot(what);
    return rest;
  }
}
