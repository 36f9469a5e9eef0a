package org.vmtrace.collect.host;

import java.util.BitSet;
import java.util.List;
import org.vmtrace.collect.tracefs.CpuList;
import org.vmtrace.event.Printable;
import org.vmtrace.report.TextTable;

/** The table that {@code --list} prints: what one needs to choose CPUs. */
public final class GuestList {
  private static final String[] HEADINGS = {
    "<GUEST",
    "<PROCESS",
    "<THREAD",
    "<VCPU",
    "<NAME",
    "<RAN ON",
    "<MAY RUN ON",
    "<NODE",
    "<ISOLATED"
  };

  private GuestList() {}

  /** The lines of the table. */
  public static String of(List<GuestThread> threads, HostCpus host) {
    TextTable table = new TextTable("", HEADINGS);
    BitSet isolated = host.isolated();
    for (GuestThread thread : threads) {
      int cpu = thread.lastCpu();
      table.add(
          printable(thread.guest()),
          Integer.toString(thread.process()),
          Integer.toString(thread.thread()),
          thread.vcpu() < 0 ? "-" : Integer.toString(thread.vcpu()),
          printable(thread.name()),
          cpu < 0 ? "-" : Integer.toString(cpu),
          CpuList.format(thread.allowed()),
          Integer.toString(host.node(cpu)),
          cpu >= 0 && isolated.get(cpu) ? "yes" : "no");
    }
    StringBuilder lines = new StringBuilder();
    table.writeTo(lines);
    return lines.toString();
  }

  /** Names belong to whoever runs the guest: nothing in them may reach the terminal as it is. */
  private static String printable(String name) {
    String text = Printable.text(name);
    return text.isBlank() ? "-" : text;
  }
}
