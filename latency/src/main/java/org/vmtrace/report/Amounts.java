package org.vmtrace.report;

import org.vmtrace.event.ClockUnit;
import org.vmtrace.latency.summary.Clock;

/**
 * How the text shows times: ns as us with three decimals, so that nothing is lost; other units as
 * whole numbers.
 */
public final class Amounts {
  private static final String NONE = "-";
  private static final long NS_PER_US = 1_000;
  private static final long NS_PER_S = 1_000_000_000;

  private final ClockUnit unit;
  private final boolean ns;

  /** The amounts of a clock. */
  public Amounts(Clock clock) {
    this.unit = clock.unit();
    this.ns = unit == ClockUnit.NANOSECONDS;
  }

  /** The unit of {@link #of}: us, else cycles or what the clock counts. */
  public String unit() {
    return ns ? "us" : unit.symbol();
  }

  /** The unit of {@link #at}. */
  public String timeUnit() {
    return ns ? "s" : unit.symbol();
  }

  /** A length of time without its unit, {@code 1,234.567}. */
  public String of(long length) {
    if (!ns) {
      return grouped(length);
    }
    return grouped(length / NS_PER_US) + '.' + digits(Math.abs(length % NS_PER_US), 3);
  }

  /** As {@link #of(long)}; a hyphen where there is none. */
  public String of(Long length) {
    return length == null ? NONE : of(length.longValue());
  }

  /** A length as the original tool writes it: whole us, cut off, with the unit. */
  String whole(long length) {
    return (ns ? length / NS_PER_US : length) + unit();
  }

  /** The length of a window, exactly: {@code 1ms}. */
  String window(long length) {
    return ns ? Quantities.duration(length) : length + unit.symbol();
  }

  /** A time of the clock without its unit: s with nine decimals. */
  public String at(long time) {
    if (!ns) {
      return Long.toString(time);
    }
    // Any 64 bits may stand in a file.
    long magnitude = Math.abs(time);
    return (time < 0 ? "-" : "")
        + Long.divideUnsigned(magnitude, NS_PER_S)
        + '.'
        + digits(Long.remainderUnsigned(magnitude, NS_PER_S), 9);
  }

  /** A number with commas between groups of three digits. */
  public static String grouped(long number) {
    String digits = Long.toString(number);
    StringBuilder grouped = new StringBuilder(digits);
    int first = number < 0 ? 1 : 0;
    for (int at = digits.length() - 3; at > first; at -= 3) {
      grouped.insert(at, ',');
    }
    return grouped.toString();
  }

  /** A part of a whole in percent with two decimals; a hyphen where there is no whole. */
  static String share(long part, long whole) {
    if (whole == 0) {
      return NONE;
    }
    long hundredths = Math.round(10_000.0 * part / whole);
    return hundredths / 100 + "." + digits(hundredths % 100, 2) + "%";
  }

  private static String digits(long number, int count) {
    String digits = Long.toString(number);
    return "0".repeat(count - digits.length()) + digits;
  }

  /** A number of things, {@code 1 file} or {@code 2 files}. */
  public static String counted(long count, String noun) {
    return grouped(count) + " " + noun + (count == 1 ? "" : "s");
  }
}
