package org.vmtrace.report;

import java.util.List;
import org.vmtrace.event.Printable;
import org.vmtrace.latency.pair.PairingCounts;
import org.vmtrace.latency.summary.Extreme;
import org.vmtrace.latency.summary.RecordingInfo;
import org.vmtrace.latency.summary.Statistics;
import org.vmtrace.latency.summary.Summary;
import org.vmtrace.latency.summary.Summary.Events;
import org.vmtrace.latency.summary.Summary.KernelStats;
import org.vmtrace.latency.summary.Summary.RecordingRow;

/**
 * The summary for people. It begins with the four lines of the original tool, word for word, so
 * that what reads them goes on working; what follows is precise. Lines end with {@code \n}; the
 * text depends on the summary alone.
 */
public final class SummaryText {
  private final Summary summary;
  private final Amounts amounts;
  private final SummaryTables tables;
  private final StringBuilder out = new StringBuilder();

  private SummaryText(Summary summary, String rest) {
    this.summary = summary;
    this.amounts = new Amounts(summary.clock());
    this.tables = new SummaryTables(summary, amounts, out, rest);
  }

  /**
   * The text of a summary, with a newline at the end.
   *
   * @param rest where the rows are that long tables leave out, such as {@code see summary.json}
   */
  public static String of(Summary summary, String rest) {
    return new SummaryText(summary, rest).text();
  }

  private String text() {
    originalLines();
    recordings();
    counts();
    losses();
    tables.statistics();
    tables.maxima();
    tables.hosts();
    tables.reasons();
    tables.threads();
    tables.worst();
    tables.movedThreads();
    tables.damage();
    tables.skippedFiles();
    tables.kernelStats();
    warnings();
    return out.toString();
  }

  /**
   * The original's lines (vm-trace.c, print_stats): exits and entries together, all latencies,
   * whole us, cut off.
   */
  private void originalLines() {
    Statistics all = summary.all();
    long events = summary.pairing().exits() + summary.pairing().entries();
    // Not the mean, which is rounded.
    long average = all.latencies() == 0 ? 0 : all.sum() / all.latencies();
    line("Number of VM events = " + events);
    line("Average VM Exit-Entry latency = " + amounts.whole(average));
    line("Maximum VM Exit-Entry latency = " + amounts.whole(valueOf(all.max())));
    line(
        "Maximum cumulative latency within "
            + amounts.window(summary.window())
            + " = "
            + amounts.whole(valueOf(all.maxWithinWindow())));
  }

  private static long valueOf(Extreme extreme) {
    return extreme == null ? 0 : extreme.value();
  }

  private void recordings() {
    line("");
    if (summary.recordings().size() != 1) {
      tables.recordings();
      return;
    }
    RecordingRow row = summary.recordings().get(0);
    RecordingInfo info = row.info();
    labelled("Recording", Printable.text(info.name()));
    labelled("Kernel", Printable.text(info.kernel()));
    labelled("Clock", Printable.text(info.clock()));
    if (row.firstTime() != null) {
      labelled(
          "Time",
          amounts.at(row.firstTime())
              + " to "
              + amounts.at(row.lastTime())
              + " "
              + amounts.timeUnit()
              + ", "
              + amounts.at(row.lastTime() - row.firstTime())
              + " "
              + amounts.timeUnit());
    }
  }

  private void counts() {
    PairingCounts pairing = summary.pairing();
    String paired =
        Amounts.grouped(summary.all().latencies())
            + " latencies + "
            + Amounts.grouped(pairing.excluded())
            + " excluded + ";
    labelled(
        "Exits",
        Amounts.grouped(pairing.exits())
            + " = "
            + paired
            + Amounts.grouped(pairing.unpairedExits())
            + " unpaired + "
            + Amounts.grouped(pairing.droppedByLoss())
            + " dropped by loss + "
            + Amounts.grouped(pairing.openAtEnd())
            + " open at end");
    labelled(
        "Entries",
        Amounts.grouped(pairing.entries())
            + " = "
            + paired
            + Amounts.grouped(pairing.unpairedEntries())
            + " unpaired");
    labelled("Others", Amounts.grouped(summary.events().other()));
    if (pairing.failedEntries() > 0) {
      labelled(
          "Failed",
          Amounts.grouped(pairing.failedEntries())
              + " exits by which the CPU refused to enter the guest");
    }
    if (pairing.immediateExits() > 0) {
      labelled(
          "Immediate", Amounts.grouped(pairing.immediateExits()) + " entries to be left at once");
    }
  }

  private void losses() {
    Events events = summary.events();
    if (events.lostPlaces() > 0) {
      String count =
          events.lost() == 0
              ? "an unknown number of events"
              : Amounts.grouped(events.lost()) + " events that were counted";
      labelled(
          "Lost",
          count
              + ", at "
              + Amounts.counted(events.lostPlaces(), "place")
              + ": overwritten before they were read. No latency spans a loss, so that the longest"
              + " ones may be missing; a larger buffer or fewer events lose less.");
    } else {
      labelled("Lost", "no events that the pages tell of");
    }
    if (events.damagedPages() > 0) {
      labelled(
          "Damaged",
          Amounts.counted(events.damagedPages(), "page")
              + ": read up to the damage, what follows on them is missing.");
    }
    long dropped =
        sum(summary.kernelStats().stream().map(KernelStats::droppedEvents).toList())
            + sum(summary.kernelStats().stream().map(KernelStats::commitOverrun).toList());
    if (dropped > 0) {
      labelled(
          "Dropped",
          Amounts.grouped(dropped)
              + " events by the kernel's own count, without a mark in the pages: latencies may span"
              + " these losses.");
    }
    if (events.stepsBack() > 0) {
      labelled(
          "Steps back",
          Amounts.counted(events.stepsBack(), "time")
              + " the clock stepped back: no latency and no window spans such a step"
              + (summary.movedThreads().isEmpty()
                  ? "."
                  : ", but for those of threads that moved between CPUs."));
    }
  }

  private void warnings() {
    if (!summary.warnings().isEmpty()) {
      line("");
      for (String warning : summary.warnings()) {
        Wrapped.write(out, "Warning: ", Printable.text(warning));
      }
    }
  }

  private static long sum(List<Long> counts) {
    return counts.stream().mapToLong(count -> Math.max(0, count)).sum();
  }

  private void labelled(String label, String text) {
    if (!text.isEmpty()) {
      Wrapped.write(out, label + " ".repeat(11 - label.length()), text);
    }
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
