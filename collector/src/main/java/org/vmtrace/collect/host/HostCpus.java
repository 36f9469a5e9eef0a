package org.vmtrace.collect.host;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.TreeMap;
import org.vmtrace.collect.tracefs.CpuList;

/**
 * What {@code /sys} and {@code /proc} say about the CPUs of a host. What a kernel does not say is
 * taken to be the simplest: all CPUs online, on one NUMA node, none isolated.
 */
public final class HostCpus {
  private static final String CPUS = "sys/devices/system/cpu";
  private static final String NODES = "sys/devices/system/node";

  private final Path root;
  private final TreeMap<Integer, BitSet> nodes = new TreeMap<>();

  /**
   * The CPUs of a host.
   *
   * @param root where its {@code sys} and {@code proc} lie
   */
  public HostCpus(Path root) {
    this.root = root;
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(root.resolve(NODES), "node[0-9]*")) {
      for (Path entry : entries) {
        String number = entry.getFileName().toString().substring("node".length());
        if (number.matches("[0-9]{1,6}")) {
          nodes.put(Integer.parseInt(number), list(NODES + "/node" + number + "/cpulist"));
        }
      }
    } catch (IOException e) {
      // A kernel without NUMA has no nodes.
    }
  }

  /** CPUs that are there or may be plugged in. */
  public BitSet possible() {
    return list(CPUS + "/possible");
  }

  /** CPUs that run. */
  public BitSet online() {
    return list(CPUS + "/online");
  }

  /** CPUs that the scheduler puts nothing on by itself ({@code isolcpus}, cpuset partitions). */
  public BitSet isolated() {
    return list(CPUS + "/isolated");
  }

  /** CPUs on which this process may run. */
  public BitSet allowed() {
    return allowed("proc/self/status");
  }

  /** CPUs on which the process or thread of that status file may run. */
  public BitSet allowed(String statusFile) {
    for (String line : (Iterable<String>) HostFiles.text(root, statusFile).lines()::iterator) {
      if (line.startsWith("Cpus_allowed_list:")) {
        return parse(line.substring("Cpus_allowed_list:".length()));
      }
    }
    return online();
  }

  /** The NUMA node of a CPU, 0 where there are none. */
  public int node(int cpu) {
    return nodes.entrySet().stream()
        .filter(node -> node.getValue().get(cpu))
        .map(node -> node.getKey())
        .findFirst()
        .orElse(0);
  }

  /** The CPUs of the same core, with this one. */
  public BitSet siblings(int cpu) {
    BitSet siblings = list(CPUS + "/cpu" + cpu + "/topology/thread_siblings_list");
    siblings.set(cpu);
    return siblings;
  }

  private BitSet list(String file) {
    return parse(HostFiles.text(root, file));
  }

  /** A list of the kernel; what is none ({@code (null)} of some kernels) is no CPU. */
  private static BitSet parse(String text) {
    try {
      return CpuList.parse(text);
    } catch (IllegalArgumentException e) {
      return new BitSet();
    }
  }
}
