package org.vmtrace.collect.tracefs;

import java.util.BitSet;
import java.util.StringJoiner;

/** Sets of CPUs as the kernel and people write them: {@code 2-5,8}. */
public final class CpuList {
  /** More than any kernel has (CONFIG_NR_CPUS goes up to 8192). */
  private static final int MAX_CPU = (1 << 16) - 1;

  private CpuList() {}

  /**
   * The CPUs of a list; none if it is blank.
   *
   * @throws IllegalArgumentException if it is no list; the message is one sentence
   */
  public static BitSet parse(String text) {
    BitSet cpus = new BitSet();
    if (text.isBlank()) {
      return cpus;
    }
    for (String part : text.strip().split(",", -1)) {
      String[] ends = part.strip().split("-", -1);
      int first = number(ends[0], text);
      int last = ends.length == 1 ? first : number(ends[1], text);
      if (ends.length > 2 || last < first) {
        throw wrong(text);
      }
      cpus.set(first, last + 1);
    }
    return cpus;
  }

  private static int number(String digits, String text) {
    if (!digits.matches("[0-9]{1,9}")) {
      throw wrong(text);
    }
    int number = Integer.parseInt(digits);
    if (number > MAX_CPU) {
      throw wrong(text);
    }
    return number;
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "\"" + text + "\" is no list of CPUs such as 3 or 2-5,8 (numbers up to " + MAX_CPU + ")");
  }

  /** The list of a set, with runs drawn together; empty for no CPU. */
  public static String format(BitSet cpus) {
    StringJoiner list = new StringJoiner(",");
    int first = cpus.nextSetBit(0);
    while (first >= 0) {
      int end = cpus.nextClearBit(first);
      list.add(end - first == 1 ? Integer.toString(first) : first + "-" + (end - 1));
      first = cpus.nextSetBit(end);
    }
    return list.toString();
  }

  /** The set of these CPUs. */
  public static BitSet of(int... cpus) {
    BitSet set = new BitSet();
    for (int cpu : cpus) {
      set.set(cpu);
    }
    return set;
  }

  /** How messages name a set: {@code CPU 3} or {@code CPUs 2-5,8}. */
  public static String name(BitSet cpus) {
    return (cpus.cardinality() == 1 ? "CPU " : "CPUs ") + format(cpus);
  }
}
