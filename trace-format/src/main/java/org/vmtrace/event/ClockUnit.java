package org.vmtrace.event;

/**
 * What one unit of a trace clock is (Documentation/trace/ftrace.rst, trace_clock;
 * kernel/trace/trace.c, trace_clocks).
 */
public enum ClockUnit {
  /** A nanosecond. */
  NANOSECONDS("ns"),
  /** A cycle of a counter whose frequency the file does not tell. */
  CYCLES("cycles"),
  /** A step of a counter that does not tell time, or not evenly. */
  STEPS("steps"),
  /** Different units in different recordings. */
  MIXED("units");

  private static final String CONVERTED = " (ns)";

  private final String symbol;

  ClockUnit(String symbol) {
    this.symbol = symbol;
  }

  /** What stands after a number. */
  public String symbol() {
    return symbol;
  }

  /** How a clock is called whose times have been converted to ns. */
  public static String converted(String clock) {
    return clock + CONVERTED;
  }

  /** The unit of the clock of that name; an unknown one is taken to count ns. */
  public static ClockUnit of(String clock) {
    if (clock.endsWith(CONVERTED)) {
      return NANOSECONDS;
    }
    return switch (clock) {
      case "x86-tsc", "ppc-tb", "s390-tod" -> CYCLES;
      case "counter", "uptime" -> STEPS;
      default -> NANOSECONDS;
    };
  }
}
