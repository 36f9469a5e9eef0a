package org.vmtrace.collect;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.vmtrace.collect.tracefs.CpuList;
import org.vmtrace.event.Printable;

/** The table that {@code --list} prints: what one needs to choose CPUs. */
final class GuestList {
  private static final List<String> HEAD =
      List.of(
          "GUEST", "PROCESS", "THREAD", "VCPU", "NAME", "RAN ON", "MAY RUN ON", "NODE", "ISOLATED");

  private GuestList() {}

  /** The lines of the table. */
  static List<String> lines(List<GuestThread> threads, HostCpus host) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    BitSet isolated = host.isolated();
    for (GuestThread thread : threads) {
      int cpu = thread.lastCpu();
      rows.add(
          List.of(
              printable(thread.guest()),
              Integer.toString(thread.process()),
              Integer.toString(thread.thread()),
              thread.vcpu() < 0 ? "-" : Integer.toString(thread.vcpu()),
              printable(thread.name()),
              cpu < 0 ? "-" : Integer.toString(cpu),
              CpuList.format(thread.allowed()),
              Integer.toString(host.node(cpu)),
              cpu >= 0 && isolated.get(cpu) ? "yes" : "no"));
    }
    return aligned(rows);
  }

  /** Names belong to whoever runs the guest: nothing in them may reach the terminal as it is. */
  private static String printable(String name) {
    String text = Printable.text(name);
    return text.isBlank() ? "-" : text;
  }

  private static List<String> aligned(List<List<String>> rows) {
    int[] widths = new int[HEAD.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
