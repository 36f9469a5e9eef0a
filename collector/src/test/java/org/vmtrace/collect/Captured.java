package org.vmtrace.collect;

import org.vmtrace.collect.tracefs.LiveTracing;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.latency.summary.Summary;
import org.vmtrace.recording.AnalysisChoice;
import org.vmtrace.recording.BadFiles;
import org.vmtrace.recording.LocalAnalysis;

/** How tests read what they have captured of {@link LiveTracing#PAIR}. */
public final class Captured {
  public static final OpenOptions OPTIONS = OpenOptions.defaults().withPair(LiveTracing.PAIR);

  private Captured() {}

  public static LocalAnalysis analysis() {
    return new LocalAnalysis(
        OPTIONS, AnalysisChoice.DEFAULT, BadFiles.FAIL, 1, LocalAnalysis.Progress.NONE);
  }

  /** All events, exits, entries and others. */
  public static long events(Summary summary) {
    return summary.pairing().exits() + summary.pairing().entries() + summary.events().other();
  }
}
