package org.vmtrace.report;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vmtrace.event.Printable;

/** Durations and sizes as people write them: {@code 500us}, {@code 64MiB}. */
public final class Quantities {
  private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d+(?:\\.\\d+)?) ?(\\p{L}*)");

  /** Units of time and their ns, each a multiple of the one before it. */
  private static final Map<String, Long> DURATIONS = new LinkedHashMap<>();

  /** Units of size and their bytes. */
  private static final Map<String, Long> SIZES = new LinkedHashMap<>();

  static {
    DURATIONS.put("ns", 1L);
    DURATIONS.put("us", 1_000L);
    DURATIONS.put("ms", 1_000_000L);
    DURATIONS.put("s", 1_000_000_000L);
    DURATIONS.put("m", 60_000_000_000L);
    DURATIONS.put("h", 3_600_000_000_000L);
    SIZES.put("", 1L);
    SIZES.put("b", 1L);
    String[] prefixes = {"k", "m", "g", "t"};
    for (int power = 1; power <= prefixes.length; power++) {
      String prefix = prefixes[power - 1];
      SIZES.put(prefix, 1L << (10 * power));
      SIZES.put(prefix + "ib", 1L << (10 * power));
      SIZES.put(prefix + "b", (long) Math.pow(1000, power));
    }
  }

  private Quantities() {}

  /**
   * Reads a duration: a number and one of the units ns, us (or µs), ms, s, m, h. A fraction is
   * taken where it gives whole ns.
   *
   * @return ns, 0 or more
   * @throws IllegalArgumentException if it is none; the message is part of a sentence
   */
  public static long durationNs(String text) {
    Matcher matcher = NUMBER_AND_UNIT.matcher(text.strip());
    Long unit =
        matcher.matches()
            ? DURATIONS.get(matcher.group(2).replaceFirst("^[\u00b5\u03bc]", "u"))
            : null;
    if (unit == null) {
      throw new IllegalArgumentException(
          quoted(text) + " is no duration: a number with ns, us, ms, s, m or h, for example 500us");
    }
    return whole(text, matcher.group(1), unit, "ns");
  }

  /**
   * Reads a size: a number of bytes, or of K, M, G or T (also KiB …: 1024 bytes and so on) or of
   * KB, MB, GB or TB (1000 bytes and so on), in capitals or not.
   *
   * @return bytes, 0 or more
   * @throws IllegalArgumentException if it is none; the message is part of a sentence
   */
  public static long bytes(String text) {
    Matcher matcher = NUMBER_AND_UNIT.matcher(text.strip());
    Long unit = matcher.matches() ? SIZES.get(matcher.group(2).toLowerCase(Locale.ROOT)) : null;
    if (unit == null) {
      throw new IllegalArgumentException(
          quoted(text)
              + " is no size: a number of bytes, or with K, M, G or KiB, for example 64MiB");
    }
    return whole(text, matcher.group(1), unit, "bytes");
  }

  /**
   * A duration in the largest unit up to s of which it is a whole number: {@code 1ms}, {@code
   * 1500us}, {@code 90s}.
   *
   * @param ns 0 or more
   */
  public static String duration(long ns) {
    String text = ns + "ns";
    for (Map.Entry<String, Long> unit : DURATIONS.entrySet()) {
      boolean upToSeconds = !unit.getKey().equals("m") && !unit.getKey().equals("h");
      if (upToSeconds && ns != 0 && ns % unit.getValue() == 0) {
        text = ns / unit.getValue() + unit.getKey();
      }
    }
    return text;
  }

  private static long whole(String text, String number, long unit, String what) {
    BigDecimal value = new BigDecimal(number).multiply(BigDecimal.valueOf(unit));
    try {
      return value.longValueExact();
    } catch (ArithmeticException e) {
      boolean fraction = value.stripTrailingZeros().scale() > 0;
      throw new IllegalArgumentException(
          quoted(text) + (fraction ? " is no whole number of " + what : " is too large"), e);
    }
  }

  private static String quoted(String text) {
    return '"' + Printable.text(text) + '"';
  }
}
