package org.vmtrace.collect.check;

import java.util.List;
import java.util.function.Function;
import org.vmtrace.collect.check.Findings.Silence;
import org.vmtrace.event.ClockUnit;
import org.vmtrace.event.Printable;
import org.vmtrace.file.CpuStats;
import org.vmtrace.file.TraceMetadata;
import org.vmtrace.latency.summary.Clock;
import org.vmtrace.report.Amounts;
import org.vmtrace.report.TextTable;
import org.vmtrace.report.Wrapped;

/** What a check has found, for people. The text depends on the findings alone. */
public final class CheckText {
  private static final String INDENT = "  ";
  private static final int LABEL = 11;

  private final FileCheck file;
  private final Amounts amounts;
  private final StringBuilder out = new StringBuilder();

  private CheckText(FileCheck file) {
    this.file = file;
    TraceMetadata metadata = file.metadata();
    String clock = metadata.clock();
    String shown = metadata.converts(clock) ? ClockUnit.converted(clock) : clock;
    this.amounts = new Amounts(Clock.of(List.of(shown)));
  }

  /** The text of one file, with a newline at the end. */
  public static String of(FileCheck file) {
    return new CheckText(file).text();
  }

  private String text() {
    TraceMetadata metadata = file.metadata();
    labelled("File", file.path().toString());
    labelled("Container", metadata.container() + ", " + Amounts.grouped(file.bytes()) + " bytes");
    labelled("Kernel", metadata.kernel());
    labelled(
        "Clock",
        metadata.clock() + (metadata.converts(metadata.clock()) ? ", converted to ns" : ""));
    List<String> troubles = Troubles.of(file);
    labelled(
        "Verdict", troubles.isEmpty() ? "all is well" : "not well: " + String.join("; ", troubles));
    streams();
    losses();
    damage();
    stepsBack();
    silences();
    kernelStats();
    metadata.warnings().forEach(this::warning);
    return out.toString();
  }

  private void streams() {
    TextTable table =
        new TextTable(
            INDENT,
            "<buffer",
            "CPU",
            "at byte",
            "bytes",
            "pages",
            "exits",
            "entries",
            "others",
            "first, " + amounts.timeUnit(),
            "last",
            "losses",
            "damaged",
            "steps back");
    for (StreamCheck check : file.streams()) {
      table.add(
          buffer(check),
          cpu(check),
          Long.toString(check.stream().offset()),
          Amounts.grouped(check.stream().bytes()),
          Amounts.grouped(check.pages()),
          Amounts.grouped(check.exits()),
          Amounts.grouped(check.entries()),
          Amounts.grouped(check.others()),
          check.firstTime() == null ? "-" : amounts.at(check.firstTime()),
          check.lastTime() == null ? "-" : amounts.at(check.lastTime()),
          Amounts.grouped(check.losses().count()),
          Amounts.grouped(check.damage().count()),
          Amounts.grouped(check.stepsBack().count()));
    }
    heading(file.streams().isEmpty() ? "There are no pages" : "Streams");
    if (!file.streams().isEmpty()) {
      table.writeTo(out);
    }
  }

  private void losses() {
    TextTable table = table("at, " + amounts.timeUnit(), "events lost");
    section(
        "Losses: events were overwritten before they were read",
        table,
        StreamCheck::losses,
        (check, loss) ->
            table.add(
                buffer(check),
                cpu(check),
                Long.toString(loss.position()),
                amounts.at(loss.time()),
                loss.events() == 0 ? "unknown" : Amounts.grouped(loss.events())));
  }

  private void damage() {
    TextTable table = table("byte of it", "last time, " + amounts.timeUnit(), "<cause");
    section(
        "Damage: pages that cannot be read to their end",
        table,
        StreamCheck::damage,
        (check, page) ->
            table.add(
                buffer(check),
                cpu(check),
                Long.toString(page.position()),
                Integer.toString(page.offset()),
                page.time() == 0 ? "-" : amounts.at(page.time()),
                page.cause().text()));
  }

  private void stepsBack() {
    TextTable table = table("from, " + amounts.timeUnit(), "back by, " + amounts.unit());
    section(
        "Steps back: events that are earlier than the one before",
        table,
        StreamCheck::stepsBack,
        (check, step) ->
            table.add(
                buffer(check),
                cpu(check),
                Long.toString(step.position()),
                amounts.at(step.time()),
                amounts.of(step.amount())));
  }

  private void silences() {
    TextTable table = table("from, " + amounts.timeUnit(), "for, " + amounts.unit(), "<");
    long listed = 0;
    long all = 0;
    for (StreamCheck check : file.streams()) {
      all += check.silences().count();
      List<Silence> longest = check.silences().longest();
      for (int i = 0; i < longest.size(); i++) {
        Silence silence = longest.get(i);
        boolean isLong = silence.length() >= Silences.LEAST;
        if (isLong || i == 0) {
          listed += isLong ? 1 : 0;
          table.add(
              buffer(check),
              cpu(check),
              Long.toString(silence.position()),
              amounts.at(silence.time()),
              amounts.of(silence.length()),
              silence.lossy() ? "events are missing there" : "");
        }
      }
    }
    if (file.streams().stream().anyMatch(check -> !check.silences().longest().isEmpty())) {
      heading("Longest times without an event");
      table.writeTo(out);
      more(all - listed, "of " + amounts.of(Silences.LEAST) + " " + amounts.unit() + " and longer");
    }
  }

  private void kernelStats() {
    if (!file.stats().isEmpty()) {
      heading("Events by the kernel's count, and on the pages");
      TextTable table =
          new TextTable(
              INDENT,
              "<buffer",
              "CPU",
              "read",
              "on pages",
              "left",
              "overwritten",
              "dropped",
              "nested");
      for (CpuStats cpu : file.stats()) {
        table.add(
            Printable.text(cpu.buffer()),
            Integer.toString(cpu.cpu()),
            known(cpu.readEvents()),
            Amounts.grouped(Troubles.events(file, cpu)),
            known(cpu.entries()),
            known(cpu.overrun()),
            known(cpu.droppedEvents()),
            known(cpu.commitOverrun()));
      }
      table.writeTo(out);
    }
  }

  /** A table of places; more columns follow. */
  private static TextTable table(String... more) {
    String[] headings = new String[more.length + 3];
    headings[0] = "<buffer";
    headings[1] = "CPU";
    headings[2] = "page at byte";
    System.arraycopy(more, 0, headings, 3, more.length);
    return new TextTable(INDENT, headings);
  }

  /** Adds a finding to a table. */
  private interface Row<T> {
    void add(StreamCheck check, T finding);
  }

  private <T> void section(
      String heading, TextTable table, Function<StreamCheck, Listed<T>> of, Row<T> row) {
    long all = 0;
    long listed = 0;
    for (StreamCheck check : file.streams()) {
      Listed<T> findings = of.apply(check);
      all += findings.count();
      listed += findings.first().size();
      findings.first().forEach(finding -> row.add(check, finding));
    }
    if (all > 0) {
      heading(heading);
      table.writeTo(out);
      more(all - listed, "that are counted but not listed");
    }
  }

  private void more(long count, String which) {
    if (count > 0) {
      out.append(INDENT).append("... and ").append(Amounts.grouped(count)).append(' ');
      out.append(which).append('\n');
    }
  }

  private void heading(String text) {
    out.append('\n').append(text).append('\n');
  }

  private void warning(String text) {
    out.append('\n');
    Wrapped.write(out, "Warning: ", Printable.text(text));
  }

  private void labelled(String label, String text) {
    if (!text.isEmpty()) {
      Wrapped.write(out, label + " ".repeat(LABEL - label.length()), Printable.text(text));
    }
  }

  private static String buffer(StreamCheck check) {
    return Printable.text(check.stream().buffer());
  }

  private static String cpu(StreamCheck check) {
    return Integer.toString(check.stream().cpu());
  }

  private static String known(long count) {
    return count < 0 ? "-" : Amounts.grouped(count);
  }
}
