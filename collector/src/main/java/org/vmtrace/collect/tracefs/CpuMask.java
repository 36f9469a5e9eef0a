package org.vmtrace.collect.tracefs;

import java.util.BitSet;
import java.util.StringJoiner;

/**
 * {@code tracing_cpumask}: hexadecimal groups of 32 CPUs with commas between them, the highest CPUs
 * first. The kernel refuses more groups than it has CPUs for (lib/bitmap-str.c, bitmap_parse), even
 * if they are zero.
 *
 * <pre>
 *  0000000f,00000000,00000001      CPUs 64-67 and 0
 * </pre>
 */
final class CpuMask {
  private static final int GROUP_BITS = 32;

  private CpuMask() {}

  /** The number of groups of a mask that the kernel wrote. */
  static int groups(String mask) {
    return mask.strip().split(",", -1).length;
  }

  /**
   * The mask of a set.
   *
   * @param groups as many as the kernel itself writes
   */
  static String format(BitSet cpus, int groups) {
    StringJoiner mask = new StringJoiner(",");
    for (int group = groups - 1; group >= 0; group--) {
      BitSet part = cpus.get(group * GROUP_BITS, (group + 1) * GROUP_BITS);
      mask.add(String.format("%08x", part.isEmpty() ? 0 : part.toLongArray()[0]));
    }
    return mask.toString();
  }

  /**
   * The set of a mask.
   *
   * @throws NumberFormatException if it is none
   */
  static BitSet parse(String mask) {
    String[] groups = mask.strip().split(",", -1);
    long[] words = new long[groups.length / 2 + 1];
    for (int i = 0; i < groups.length; i++) {
      int group = groups.length - 1 - i;
      long bits = Integer.parseUnsignedInt(groups[i], 16) & 0xffffffffL;
      words[group / 2] |= bits << (group % 2 * GROUP_BITS);
    }
    return BitSet.valueOf(words);
  }
}
