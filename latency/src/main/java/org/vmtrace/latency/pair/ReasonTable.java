package org.vmtrace.latency.pair;

import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;
import org.vmtrace.latency.ReasonTraits;
import org.vmtrace.ring.EventBatch;
import org.vmtrace.ring.Isa;

/**
 * Gives each exit reason that occurs a small number, so that what is kept per reason can lie in
 * arrays. It is asked once for every latency.
 */
public final class ReasonTable {
  /** In place of a number: {@link #known} does not know it. */
  static final int UNKNOWN = -1;

  /** All reasons of VMX and of SVM are smaller but for SVM's -1 (invalid guest state). */
  private static final int SMALL_CODES = 2048;

  private static final int[] NONE_SMALL = new int[0];

  private final ReasonTraits traits;
  private long[] codes = new long[16];
  private Isa[] isas = new Isa[16];
  private boolean[] idle = new boolean[16];
  private boolean[] excluded = new boolean[16];
  private int size;
  private boolean anyExcluded;

  /** Numbers of small codes plus 1, by isa and code; 0 where there is none yet. */
  private final int[][] direct = new int[Isa.values().length][];

  /** Numbers of all other codes, by isa; null where there is none yet. */
  private final Long2LongHashMap[] large = new Long2LongHashMap[Isa.values().length];

  /** An empty table; the traits tell which reasons are idle or excluded. */
  public ReasonTable(ReasonTraits traits) {
    this.traits = traits;
    Arrays.fill(direct, NONE_SMALL);
  }

  /** How many reasons there are: their numbers lie below. */
  public int size() {
    return size;
  }

  /** The number of a reason; {@code flags} are those of its exit row. */
  int number(long code, int flags) {
    int known = known(code, flags);
    return known == UNKNOWN ? find(code, flags) : known;
  }

  /**
   * The number of a reason that has occurred and has a small code, else {@link #UNKNOWN}; for loops
   * that cannot afford more.
   */
  int known(long code, int flags) {
    int[] small = direct[flags & EventBatch.ISA_MASK];
    return code >= 0 && code < small.length ? small[(int) code] - 1 : UNKNOWN;
  }

  private int find(long code, int flags) {
    Isa isa = Isa.ofFlags(flags);
    if (code >= 0 && code < SMALL_CODES) {
      if (direct[isa.flags()].length == 0) {
        direct[isa.flags()] = new int[SMALL_CODES];
      }
      direct[isa.flags()][(int) code] = size + 1;
      return add(code, isa);
    }
    if (large[isa.flags()] == null) {
      large[isa.flags()] = new Long2LongHashMap(UNKNOWN);
    }
    int known = (int) large[isa.flags()].get(code);
    if (known != UNKNOWN) {
      return known;
    }
    large[isa.flags()].put(code, size);
    return add(code, isa);
  }

  /** The code of the reason of this number. */
  public long code(int number) {
    return codes[number];
  }

  /** The architecture of the reason of this number. */
  public Isa isa(int number) {
    return isas[number];
  }

  /** Whether the guest was idle after exits of this reason. */
  public boolean idle(int number) {
    return idle[number];
  }

  /** Whether any of the reasons met so far is excluded. */
  boolean anyExcluded() {
    return anyExcluded;
  }

  boolean excluded(int number) {
    return excluded[number];
  }

  private int add(long code, Isa isa) {
    if (size == codes.length) {
      codes = Arrays.copyOf(codes, 2 * size);
      isas = Arrays.copyOf(isas, 2 * size);
      idle = Arrays.copyOf(idle, 2 * size);
      excluded = Arrays.copyOf(excluded, 2 * size);
    }
    codes[size] = code;
    isas[size] = isa;
    idle[size] = traits.idle(isa, code);
    excluded[size] = traits.excluded(isa, code);
    anyExcluded |= excluded[size];
    return size++;
  }
}
