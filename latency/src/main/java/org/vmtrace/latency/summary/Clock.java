package org.vmtrace.latency.summary;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The trace clock of the recordings, or the clocks.
 *
 * @param name its name as in {@code trace_clock}; several joined by a comma; empty where no file
 *     says
 * @param unit what one unit is
 */
public record Clock(String name, Unit unit) {
  /** Clocks whose values are not nanoseconds (kernel/trace/trace.c, trace_clocks). */
  private static final Set<String> CYCLES = Set.of("x86-tsc", "ppc-tb", "s390-tod");

  private static final Set<String> COUNTS = Set.of("counter", "uptime");

  /** What one unit of a clock is. */
  public enum Unit {
    /** A nanosecond. */
    NANOSECONDS("ns"),
    /** A cycle of a counter whose frequency the file does not tell. */
    CYCLES("cycles"),
    /** A step of a counter that does not tell time, or not evenly. */
    STEPS("steps"),
    /** Different units in different recordings. */
    MIXED("units");

    private final String symbol;

    Unit(String symbol) {
      this.symbol = symbol;
    }

    /** What stands after a number. */
    public String symbol() {
      return symbol;
    }
  }

  /**
   * The clock of all these together; names of recordings whose times were converted end with {@code
   * " (ns)"}.
   */
  public static Clock of(Collection<String> names) {
    Set<String> distinct = new TreeSet<>(names);
    List<Unit> units = distinct.stream().map(Clock::unit).distinct().toList();
    return new Clock(
        String.join(", ", distinct),
        units.isEmpty() ? Unit.NANOSECONDS : units.size() == 1 ? units.get(0) : Unit.MIXED);
  }

  private static Unit unit(String name) {
    if (CYCLES.contains(name)) {
      return Unit.CYCLES;
    }
    return COUNTS.contains(name) ? Unit.STEPS : Unit.NANOSECONDS;
  }
}
