package org.vmtrace.recording;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.vmtrace.event.ExitReasons;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.latency.ReasonTraits;
import org.vmtrace.ring.Isa;

/**
 * What the user chose for all recordings.
 *
 * @param window length of the windows in units of the clock, 1 or more
 * @param worst how many of the worst latencies to list, 0 or more
 * @param excludedReasons reasons to leave out: names, case ignored, or codes, decimal or {@code
 *     0x…}
 */
public record AnalysisChoice(long window, int worst, Set<String> excludedReasons)
    implements Serializable {
  /** Windows of 1 ms, the ten worst latencies, all reasons. */
  public static final AnalysisChoice DEFAULT =
      new AnalysisChoice(AnalysisRules.DEFAULT_WINDOW, AnalysisRules.DEFAULT_WORST, Set.of());

  /** The rules for a recording whose reasons have these names. */
  public AnalysisRules rulesFor(ExitReasons reasons) {
    Set<String> lowerCase =
        excludedReasons.stream()
            .map(reason -> reason.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    return new AnalysisRules(window, worst, new NamedTraits(reasons, lowerCase));
  }

  /**
   * A line for each reason to leave out that no recording can have: a slip of the pen, probably.
   */
  public List<String> warnings(Collection<Recording> recordings) {
    return excludedReasons.stream()
        .filter(
            reason ->
                codeOf(reason.toLowerCase(Locale.ROOT)).isEmpty() && !known(reason, recordings))
        .sorted()
        .map(
            reason ->
                "no recording knows an exit reason "
                    + reason
                    + ": nothing is left out for it; give a name as the summary has it, or a code")
        .toList();
  }

  private static boolean known(String reason, Collection<Recording> recordings) {
    return recordings.stream().anyMatch(recording -> recording.info().reasons().knows(reason));
  }

  /** The code that a text is, decimal or {@code 0x…}; empty if it is a name. */
  private static OptionalLong codeOf(String text) {
    try {
      return OptionalLong.of(
          text.startsWith("0x")
              ? Long.parseUnsignedLong(text.substring(2), 16)
              : Long.parseLong(text));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** Traits by name and code. */
  private record NamedTraits(ExitReasons reasons, Set<String> excluded) implements ReasonTraits {
    @Override
    public boolean idle(Isa isa, long code) {
      return reasons.idle(isa, code);
    }

    @Override
    public boolean excluded(Isa isa, long code) {
      return !excluded.isEmpty()
          && (excluded.contains(reasons.name(isa, code).toLowerCase(Locale.ROOT))
              || excluded.stream().anyMatch(text -> isCode(text, code)));
    }

    private static boolean isCode(String text, long code) {
      OptionalLong number = codeOf(text);
      return number.isPresent() && number.getAsLong() == code;
    }
  }
}
