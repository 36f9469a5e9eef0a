package org.vmtrace.collect.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.vmtrace.file.CpuStats;
import org.vmtrace.report.Amounts;

/** What is wrong with a file, in words. */
final class Troubles {
  private Troubles() {}

  /** One part of a sentence for each kind of trouble; empty if all is well. */
  static List<String> of(FileCheck file) {
    List<String> troubles = new ArrayList<>();
    long places = sum(file.streams(), stream -> stream.losses().count());
    if (places > 0) {
      long events = sum(file.streams(), StreamCheck::lostEvents);
      troubles.add(
          "events were lost at "
              + Amounts.counted(places, "place")
              + (events > 0 ? " (" + Amounts.grouped(events) + " by the stored counts)" : ""));
    }
    long overwritten = sum(file.stats(), cpu -> Math.max(0, cpu.overrun()));
    if (overwritten > 0 && places == 0) {
      troubles.add(
          "the kernel counted "
              + Amounts.counted(overwritten, "event")
              + " overwritten, on no page marked");
    }
    long dropped =
        sum(
            file.stats(),
            cpu -> Math.max(0, cpu.droppedEvents()) + Math.max(0, cpu.commitOverrun()));
    if (dropped > 0) {
      troubles.add("the kernel dropped " + Amounts.counted(dropped, "event") + " without a mark");
    }
    long missing = sum(file.stats(), cpu -> Math.max(0, missing(file, cpu)));
    if (missing > 0) {
      troubles.add(Amounts.counted(missing, "event") + " that were read are not in the file");
    }
    long damaged = sum(file.streams(), stream -> stream.damage().count());
    if (damaged > 0) {
      troubles.add(Amounts.counted(damaged, "page") + (damaged == 1 ? " is" : " are") + " damaged");
    }
    long back = sum(file.streams(), stream -> stream.stepsBack().count());
    if (back > 0) {
      troubles.add("time steps back " + Amounts.counted(back, "time"));
    }
    if (file.metadata().damaged()) {
      troubles.add("parts of the file are missing");
    } else if (!file.metadata().warnings().isEmpty()) {
      troubles.add(Amounts.counted(file.metadata().warnings().size(), "warning"));
    }
    return troubles;
  }

  private static <T> long sum(List<T> parts, ToLongFunction<T> number) {
    return parts.stream().mapToLong(number).sum();
  }

  /** What the kernel's count and the pages differ by; 0 where it cannot be told. */
  static long missing(FileCheck file, CpuStats cpu) {
    return cpu.readEvents() < 0 ? 0 : cpu.readEvents() - events(file, cpu);
  }

  /** Events that the pages of a CPU hold. */
  static long events(FileCheck file, CpuStats cpu) {
    return file.streams().stream()
        .filter(
            check ->
                check.stream().cpu() == cpu.cpu() && check.stream().buffer().equals(cpu.buffer()))
        .mapToLong(StreamCheck::events)
        .sum();
  }
}
