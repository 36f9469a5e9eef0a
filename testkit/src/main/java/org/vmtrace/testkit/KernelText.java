package org.vmtrace.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads traces as text: the kernel's own ({@code per_cpu/cpuN/trace}, one or several of them with
 * {@code # ROUND} and {@code # TAKEN} lines around) and {@code trace-cmd report -t}.
 */
public final class KernelText {
  /**
   * Events were lost before a line.
   *
   * @param count how many, 0 if the text does not say
   * @param before index of the line in its round
   */
  public record Lost(int cpu, long count, int before) {}

  /**
   * One reading of the text.
   *
   * @param takenBytes how many bytes of pages were taken after it; -1 if the text does not say,
   *     which means all
   */
  public record Round(List<TextEvent> events, List<Lost> losses, long takenBytes) {}

  // "side:    vcpu0-159     [001] d..1.    35.442185: kvm_entry: vcpu 0, rip 0x1000"
  private static final Pattern EVENT =
      Pattern.compile(
          "(?:(\\S+):)?\\s+(\\S.*)-(\\d+)\\s+\\[(\\d+)\\]\\s+(?:\\S+\\s+)?(\\d+)(?:\\.(\\d+))?:"
              + " ([\\w.]+):(.*)");
  // the kernel: "CPU:1 [LOST 12 EVENTS]"; trace-cmd: "CPU:1 [12 EVENTS DROPPED]"
  private static final Pattern LOST =
      Pattern.compile("CPU:(\\d+) \\[(?:LOST )?(\\d*) ?EVENTS(?: DROPPED)?\\]");
  private static final Pattern TAKEN = Pattern.compile("# TAKEN (\\d+)");

  private KernelText() {}

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException for a line that is neither an event nor a remark
   */
  public static List<Round> parse(String text) {
    List<Round> rounds = new ArrayList<>();
    List<TextEvent> events = new ArrayList<>();
    List<Lost> losses = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      Matcher taken = TAKEN.matcher(line);
      Matcher lost = LOST.matcher(line);
      if (taken.matches()) {
        rounds.add(new Round(events, losses, Long.parseLong(taken.group(1))));
        events = new ArrayList<>();
        losses = new ArrayList<>();
      } else if (lost.matches()) {
        long count = lost.group(2).isEmpty() ? 0 : Long.parseLong(lost.group(2));
        losses.add(new Lost(Integer.parseInt(lost.group(1)), count, events.size()));
      } else if (!line.isBlank() && !line.startsWith("#") && !line.startsWith("cpus=")) {
        events.add(event(line));
      }
    }
    if (rounds.isEmpty() || !events.isEmpty()) {
      rounds.add(new Round(events, losses, -1));
    }
    return rounds;
  }

  private static TextEvent event(String line) {
    Matcher match = EVENT.matcher(line);
    if (!match.matches()) {
      throw new IllegalArgumentException("no event: " + line);
    }
    String fraction = match.group(6) == null ? "" : match.group(6);
    long unitNs = fraction.length() == 6 ? 1000 : 1;
    return new TextEvent(
        match.group(1) == null ? "" : match.group(1),
        match.group(2),
        Integer.parseInt(match.group(3)),
        Integer.parseInt(match.group(4)),
        Long.parseLong(match.group(5) + fraction),
        unitNs,
        match.group(7),
        match.group(8).strip());
  }
}
