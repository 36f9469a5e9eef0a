package org.vmtrace.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of exit reasons as an exit's own print format lists them. For the formats of real
 * kernels: the first list is VMX's or arm64's exception types, the second one SVM's or arm64's
 * exception classes.
 */
public final class PlainReasons {
  private static final Pattern PAIR =
      Pattern.compile("\\{\\s*([-+0-9a-zA-Z ]+?)\\s*,\\s*\"([^\"]*)\"\\s*}");

  private final List<Map<Long, String>> lists = new ArrayList<>();

  private PlainReasons() {}

  /** Reads the lists of an exit. */
  public static PlainReasons of(EventShape exit) {
    PlainReasons reasons = new PlainReasons();
    String[] parts = exit.printFormat().split("__print_symbolic", -1);
    for (int index = 1; index < parts.length; index++) {
      int flags = parts[index].indexOf("__print_flags");
      String part = flags < 0 ? parts[index] : parts[index].substring(0, flags);
      Map<Long, String> names = new TreeMap<>();
      Matcher pair = PAIR.matcher(part);
      while (pair.find()) {
        names.putIfAbsent(number(pair.group(1)), pair.group(2));
      }
      reasons.lists.add(names);
    }
    return reasons;
  }

  /** The name, or the code in hex if the kernel's list does not have it. */
  public String name(PlainIsa isa, long code) {
    int index = isa == PlainIsa.SVM || isa == PlainIsa.ARM64_TRAP ? 1 : 0;
    Map<Long, String> names = index < lists.size() ? lists.get(index) : Map.of();
    // { -1, "invalid_guest_state" } is the 32-bit code 0xffffffff
    String name =
        names.getOrDefault(code, isa == PlainIsa.SVM ? names.get((long) (int) code) : null);
    return name == null ? "0x" + Long.toHexString(code) : name;
  }

  /** A constant of the kernel's: {@code 12}, {@code 0x040 + 14}, {@code 0x80000001ull}, -1. */
  private static long number(String text) {
    long sum = 0;
    for (String term : text.replaceAll("(?i)(?<=[0-9a-f])u?l*$", "").split("\\+", -1)) {
      sum += Long.decode(term.strip());
    }
    return sum;
  }
}
