package org.vmtrace.collect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Builds the parts of {@code /proc} and {@code /sys} that tell of CPUs and guests. */
public final class HostTree {
  private final Path root;

  public HostTree(Path root) {
    this.root = root;
  }

  public HostTree file(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  /** A host with so many NUMA nodes of equal size, whose cores have two threads side by side. */
  public HostTree cpus(int count, int nodes, String isolated) throws IOException {
    String all = "0-" + (count - 1) + "\n";
    file("sys/devices/system/cpu/possible", all);
    file("sys/devices/system/cpu/online", all);
    file("sys/devices/system/cpu/isolated", isolated + "\n");
    for (int cpu = 0; cpu < count; cpu++) {
      int first = cpu / 2 * 2;
      file(
          "sys/devices/system/cpu/cpu" + cpu + "/topology/thread_siblings_list",
          first + "-" + (first + 1) + "\n");
    }
    int each = count / nodes;
    for (int node = 0; node < nodes; node++) {
      file(
          "sys/devices/system/node/node" + node + "/cpulist",
          node * each + "-" + ((node + 1) * each - 1) + "\n");
    }
    return file("proc/self/status", "Name:\tx\nCpus_allowed_list:\t" + all);
  }

  public HostTree online(String list) throws IOException {
    return file("sys/devices/system/cpu/online", list + "\n");
  }

  HostTree allowed(String list) throws IOException {
    return file("proc/self/status", "Name:\tx\nCpus_allowed_list:\t" + list + "\n");
  }

  public HostTree process(int id, String commandLine, String... descriptors) throws IOException {
    file("proc/" + id + "/cmdline", commandLine.replace(' ', '\0') + "\0");
    file("proc/" + id + "/comm", "program" + id + "\n");
    Path folder = Files.createDirectories(root.resolve("proc/" + id + "/fd"));
    for (int i = 0; i < descriptors.length; i++) {
      Files.createSymbolicLink(folder.resolve(Integer.toString(i)), Path.of(descriptors[i]));
    }
    return this;
  }

  /** A thread, with as much of its stat line as proc(5) names: 52 fields. */
  public HostTree thread(int process, int id, String name, int cpu, int guestTime, String allowed)
      throws IOException {
    String folder = "proc/" + process + "/task/" + id;
    StringBuilder stat = new StringBuilder(id + " (" + name + ") S");
    for (int field = 4; field <= 52; field++) {
      stat.append(' ').append(field == 39 ? cpu : field == 43 ? guestTime : 0);
    }
    file(folder + "/stat", stat + "\n");
    file(folder + "/comm", name + "\n");
    return file(folder + "/status", "Name:\t" + name + "\nCpus_allowed_list:\t" + allowed + "\n");
  }
}
