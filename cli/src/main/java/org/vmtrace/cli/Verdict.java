package org.vmtrace.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vmtrace.latency.summary.RecordingInfo;
import org.vmtrace.latency.summary.Summary;
import org.vmtrace.latency.summary.Summary.KernelStats;
import org.vmtrace.latency.summary.Summary.RecordingRow;
import org.vmtrace.report.Amounts;

/**
 * How a run ends that made a summary.
 *
 * @param exitCode {@link ExitCodes#DONE} or {@link ExitCodes#INCOMPLETE}
 * @param complaint why it is not the former, in one line
 */
public record Verdict(int exitCode, Optional<String> complaint) {
  /**
   * The verdict on a summary.
   *
   * @param strict whether lost events make it incomplete
   */
  public static Verdict of(Summary summary, boolean strict) {
    List<String> reasons = new ArrayList<>();
    long damaged = summary.events().damagedPages();
    if (damaged > 0) {
      reasons.add(
          "the input is damaged: "
              + Amounts.counted(damaged, "page")
              + " cannot be read to the end; the summary lists them and counts the rest");
    }
    int skipped = summary.skippedFiles().size();
    if (skipped > 0) {
      reasons.add(
          Amounts.counted(skipped, "file")
              + " could not be read and "
              + (skipped == 1 ? "was" : "were")
              + " skipped; the summary says why");
    }
    List<String> cut =
        summary.recordings().stream()
            .map(RecordingRow::info)
            .filter(RecordingInfo::damaged)
            .map(RecordingInfo::name)
            .toList();
    if (!cut.isEmpty()) {
      reasons.add(
          "parts of the input are missing (" + names(cut) + "); the summary's warnings say which");
    }
    if (strict && lost(summary)) {
      reasons.add("events were lost, and --strict was given; the summary says how many");
    }
    return reasons.isEmpty()
        ? new Verdict(ExitCodes.DONE, Optional.empty())
        : new Verdict(ExitCodes.INCOMPLETE, Optional.of(String.join("; ", reasons)));
  }

  private static String names(List<String> recordings) {
    String first = recordings.get(0);
    int more = recordings.size() - 1;
    return more == 0 ? first : first + " and " + more + " more";
  }

  /** Whether a page or the kernel's own statistics tell of lost events. */
  private static boolean lost(Summary summary) {
    return summary.events().lostPlaces() > 0
        || summary.kernelStats().stream().anyMatch(Verdict::lost);
  }

  private static boolean lost(KernelStats cpu) {
    return cpu.overrun() > 0 || cpu.droppedEvents() > 0 || cpu.commitOverrun() > 0;
  }
}
