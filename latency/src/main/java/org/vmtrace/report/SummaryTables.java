package org.vmtrace.report;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.vmtrace.event.Printable;
import org.vmtrace.latency.Latency;
import org.vmtrace.latency.summary.Extreme;
import org.vmtrace.latency.summary.HostRow;
import org.vmtrace.latency.summary.ReasonRow;
import org.vmtrace.latency.summary.Statistics;
import org.vmtrace.latency.summary.Summary;
import org.vmtrace.latency.summary.Summary.DamageRow;
import org.vmtrace.latency.summary.Summary.KernelStats;
import org.vmtrace.latency.summary.Summary.MovedRow;
import org.vmtrace.latency.summary.Summary.RecordingRow;
import org.vmtrace.latency.summary.Summary.SkippedFile;
import org.vmtrace.latency.summary.ThreadRow;
import org.vmtrace.latency.summary.Totals;
import org.vmtrace.latency.summary.WorstRow;

/** The tables of the text. */
final class SummaryTables {
  /** Rows of a table before it says how many more there are. */
  static final int LISTED = 20;

  /** Kernels know fewer than a hundred reasons, a guest uses fewer than forty. */
  private static final int REASONS_LISTED = 40;

  private static final String INDENT = "  ";

  private final Summary summary;
  private final Amounts amounts;
  private final StringBuilder out;
  private final String rest;
  private final boolean several;

  /**
   * Tables.
   *
   * @param rest where the rows are that are not listed
   */
  SummaryTables(Summary summary, Amounts amounts, StringBuilder out, String rest) {
    this.rest = rest;
    this.summary = summary;
    this.amounts = amounts;
    this.out = out;
    this.several = summary.recordings().size() > 1;
  }

  void recordings() {
    out.append(Amounts.grouped(summary.recordings().size())).append(" recordings\n");
    TextTable table =
        new TextTable(INDENT, "<host", "<clock", "first, " + amounts.timeUnit(), "last", "<name");
    rows(
        table,
        summary.recordings(),
        LISTED,
        (RecordingRow row) ->
            table.add(
                Printable.text(row.info().host()),
                Printable.text(row.info().clock()),
                row.firstTime() == null ? "-" : amounts.at(row.firstTime()),
                row.lastTime() == null ? "-" : amounts.at(row.lastTime()),
                Printable.text(row.info().name())));
    out.append('\n');
  }

  /** The hosts, if they are several: as many as worst latencies are listed. */
  void hosts() {
    if (summary.hosts().size() < 2) {
      return;
    }
    TextTable table =
        new TextTable(
            INDENT,
            "<host",
            "recordings",
            "latencies",
            "mean, busy",
            "longest",
            "busy",
            "within " + window(),
            "busy",
            "lost",
            "places");
    section(
        "Worst hosts, " + amounts.unit() + " (the longest busy latency first)",
        table,
        summary.hosts(),
        summary.worstListed(),
        (HostRow row) -> {
          Totals totals = row.totals();
          table.add(
              row.host().isEmpty() ? "(not named)" : Printable.text(row.host()),
              Amounts.grouped(row.recordings()),
              Amounts.grouped(totals.latencies()),
              amounts.of(totals.busyMean()),
              amounts.of(valueOf(totals.max())),
              amounts.of(valueOf(totals.busyMax())),
              amounts.of(valueOf(totals.maxWithinWindow())),
              amounts.of(valueOf(totals.busyMaxWithinWindow())),
              Amounts.grouped(totals.lost()),
              Amounts.grouped(totals.lostPlaces()));
        });
  }

  /** Files that were left out. */
  void skippedFiles() {
    TextTable table = new TextTable(INDENT, "<file", "<reason");
    section(
        "Files that could not be read and were skipped",
        table,
        summary.skippedFiles(),
        LISTED,
        (SkippedFile row) -> table.add(Printable.text(row.path()), Printable.text(row.reason())));
  }

  void statistics() {
    Statistics all = summary.all();
    Statistics busy = summary.busy();
    heading(
        "Latencies, "
            + amounts.unit()
            + " (busy: without exits by which the guest gave up the CPU itself)");
    TextTable table = new TextTable(INDENT, "<", "all", "busy");
    table.add("number", Amounts.grouped(all.latencies()), Amounts.grouped(busy.latencies()));
    table.add("sum", amounts.of(all.sum()), amounts.of(busy.sum()));
    statistic(table, "mean", Statistics::mean);
    statistic(table, "shortest", Statistics::min);
    for (int i = 0; i < Statistics.PERCENTILE_NAMES.size(); i++) {
      int index = i;
      statistic(
          table,
          Statistics.PERCENTILE_NAMES.get(i) + "%",
          numbers -> numbers.percentiles().isEmpty() ? null : numbers.percentiles().get(index));
    }
    statistic(table, "longest", numbers -> valueOf(numbers.max()));
    statistic(
        table, "largest sum within " + window(), numbers -> valueOf(numbers.maxWithinWindow()));
    statistic(
        table,
        "largest sum, fixed " + window() + " windows",
        numbers -> valueOf(numbers.maxTumblingWindow()));
    table.writeTo(out);
  }

  private void statistic(TextTable table, String name, Function<Statistics, Long> number) {
    table.add(
        name, amounts.of(number.apply(summary.all())), amounts.of(number.apply(summary.busy())));
  }

  void maxima() {
    if (summary.all().latencies() == 0) {
      return;
    }
    heading("Maxima");
    TextTable table =
        new TextTable(
            INDENT,
            "<",
            amounts.unit(),
            "at, " + amounts.timeUnit(),
            "thread",
            "CPU",
            "<reason",
            "<recording");
    maximum(table, "longest", Statistics::max);
    maximum(table, "sum within " + window(), Statistics::maxWithinWindow);
    maximum(table, "sum of a fixed " + window(), Statistics::maxTumblingWindow);
    table.writeTo(out);
  }

  private void maximum(TextTable table, String name, Function<Statistics, Extreme> of) {
    maximum(table, name, of.apply(summary.all()));
    maximum(table, name + ", busy", of.apply(summary.busy()));
  }

  private void maximum(TextTable table, String name, Extreme extreme) {
    if (extreme != null) {
      table.add(
          name,
          amounts.of(extreme.value()),
          amounts.at(extreme.at()),
          Integer.toString(extreme.thread()),
          extreme.latency() == null ? "" : Integer.toString(extreme.latency().cpu()),
          Printable.text(extreme.reason()),
          recording(extreme.recording()));
    }
  }

  void reasons() {
    long whole = summary.all().sum();
    TextTable table =
        new TextTable(
            INDENT, "<reason", "code", "<", "latencies", "of time", "mean", "99%", "longest");
    section(
        "Exit reasons, " + amounts.unit(),
        table,
        summary.reasons(),
        REASONS_LISTED,
        (ReasonRow row) ->
            table.add(
                Printable.text(row.reason()),
                "0x" + Long.toHexString(row.code()),
                row.idle() ? "idle" : "",
                Amounts.grouped(row.latencies()),
                Amounts.share(row.sum(), whole),
                amounts.of(row.mean()),
                amounts.of(row.p99()),
                amounts.of(row.max())));
  }

  void threads() {
    long whole = summary.all().sum();
    TextTable table =
        new TextTable(
            INDENT,
            "thread",
            "<name",
            "vCPU",
            "CPUs",
            "latencies",
            "of time",
            "mean",
            "99%",
            "longest",
            "busy",
            "within " + window(),
            "<recording");
    section(
        "Threads, " + amounts.unit(),
        table,
        summary.threads(),
        LISTED,
        (ThreadRow row) ->
            table.add(
                Integer.toString(row.thread()),
                Printable.text(row.comm()),
                row.vcpu() < 0 ? "" : Integer.toString(row.vcpu()),
                ranges(row.cpus()),
                Amounts.grouped(row.all().latencies()),
                Amounts.share(row.all().sum(), whole),
                amounts.of(row.all().mean()),
                amounts.of(row.all().p99()),
                amounts.of(valueOf(row.all().max())),
                amounts.of(valueOf(row.busy().max())),
                amounts.of(valueOf(row.all().maxWithinWindow())),
                recording(row.recording())));
  }

  void worst() {
    TextTable table =
        new TextTable(
            INDENT,
            amounts.unit(),
            "exit at, " + amounts.timeUnit(),
            "thread",
            "<name",
            "CPU",
            "<reason",
            "guest ip",
            "<recording");
    section(
        "Worst latencies",
        table,
        summary.worst(),
        Integer.MAX_VALUE,
        (WorstRow row) -> {
          Latency latency = row.latency();
          table.add(
              amounts.of(latency.latency()),
              amounts.at(latency.exitTime()),
              Integer.toString(latency.thread()),
              Printable.text(row.comm()),
              Integer.toString(latency.cpu()),
              Printable.text(row.reason()),
              row.guestIp() == null ? "" : "0x" + Long.toHexString(row.guestIp()),
              recording(row.recording()));
        });
  }

  void movedThreads() {
    TextTable table = new TextTable(INDENT, "thread", "<name", "<CPUs", "<recording");
    section(
        "Threads that changed CPUs",
        table,
        summary.movedThreads(),
        LISTED,
        (MovedRow row) ->
            table.add(
                Integer.toString(row.thread()),
                Printable.text(row.comm()),
                ranges(row.cpus()),
                recording(row.recording())));
  }

  void damage() {
    TextTable table = new TextTable(INDENT, "page at byte", "CPU", "<cause", "<file");
    section(
        "Damage",
        table,
        summary.damage(),
        LISTED,
        (DamageRow row) ->
            table.add(
                Long.toString(row.page().position()),
                Integer.toString(row.page().cpu()),
                row.page().cause().text() + ", at byte " + row.page().offset() + " of the page",
                Printable.text(row.path())));
    more(
        summary.events().damagedPages() - summary.damage().size(),
        " that are counted but not listed");
  }

  void kernelStats() {
    TextTable table =
        new TextTable(
            INDENT, "CPU", "read", "left", "overwritten", "dropped", "nested", "<recording");
    section(
        "Events by the kernel's count",
        table,
        summary.kernelStats(),
        LISTED,
        (KernelStats row) ->
            table.add(
                Integer.toString(row.cpu()),
                known(row.readEvents()),
                known(row.entries()),
                known(row.overrun()),
                known(row.droppedEvents()),
                known(row.commitOverrun()),
                recording(row.recording())));
  }

  private <T> void section(
      String heading, TextTable table, List<T> rows, int listed, Consumer<T> add) {
    if (!rows.isEmpty()) {
      heading(heading);
      rows(table, rows, listed, add);
    }
  }

  private <T> void rows(TextTable table, List<T> rows, int listed, Consumer<T> add) {
    rows.stream().limit(listed).forEach(add);
    table.writeTo(out);
    more(rows.size() - (long) listed, " more, " + rest);
  }

  private void more(long count, String which) {
    if (count > 0) {
      out.append(INDENT).append("... and ").append(Amounts.grouped(count)).append(which);
      out.append('\n');
    }
  }

  private void heading(String text) {
    out.append('\n').append(text).append('\n');
  }

  private String window() {
    return amounts.window(summary.window());
  }

  /** The recording's name where there are several to tell apart. */
  private String recording(String name) {
    return several ? Printable.text(name) : "";
  }

  private static Long valueOf(Extreme extreme) {
    return extreme == null ? null : extreme.value();
  }

  private static String known(long count) {
    return count < 0 ? "-" : Amounts.grouped(count);
  }

  /** CPUs in ascending order as {@code 0-3,7}. */
  static String ranges(List<Integer> cpus) {
    StringBuilder text = new StringBuilder();
    for (int first = 0, next; first < cpus.size(); first = next) {
      next = first + 1;
      while (next < cpus.size() && cpus.get(next) == cpus.get(next - 1) + 1) {
        next++;
      }
      text.append(text.isEmpty() ? "" : ",").append(cpus.get(first));
      if (next - first > 1) {
        text.append('-').append(cpus.get(next - 1));
      }
    }
    return text.toString();
  }
}
