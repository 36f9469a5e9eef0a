package org.vmtrace.collect;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Brings the lines of two programs that list events into the same words. */
public final class ReportLines {
  private static final Pattern THEIRS =
      Pattern.compile(" *(.*)-(\\d+) +\\[(\\d+)] +(\\d+\\.\\d{9}): (\\w+):.*");
  private static final Pattern THEIR_LOSS =
      Pattern.compile("CPU:(\\d+) \\[(?:(\\d+) )?EVENTS DROPPED]");
  private static final Pattern OURS =
      Pattern.compile(" *(\\d+\\.\\d{9}) \\[(\\d+)] (.*)-(\\d+) +(\\w+)( .*)?");
  private static final Pattern OUR_LOSS =
      Pattern.compile("CPU (\\d+): LOST (?:(\\d+) EVENTS|an unknown number of events)");

  private ReportLines() {}

  /** An event or a loss as {@code trace-cmd report -t} prints it, null if it is neither. */
  public static String theirs(String line) {
    Matcher event = THEIRS.matcher(line);
    if (event.matches()) {
      return String.join(
          " ", event.group(4), event.group(3), event.group(1), event.group(2), event.group(5));
    }
    Matcher loss = THEIR_LOSS.matcher(line);
    return loss.matches() ? "lost " + loss.group(1) + " " + loss.group(2) : null;
  }

  /** A line of {@code -v} in the same words. */
  public static String ours(String line) {
    Matcher event = OURS.matcher(line);
    if (event.matches()) {
      return String.join(
          " ", event.group(1), event.group(2), event.group(3), event.group(4), event.group(5));
    }
    Matcher loss = OUR_LOSS.matcher(line);
    return loss.matches() ? "lost " + loss.group(1) + " " + loss.group(2) : line;
  }
}
