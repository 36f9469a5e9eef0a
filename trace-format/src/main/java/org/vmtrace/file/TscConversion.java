package org.vmtrace.file;

import org.vmtrace.ring.EventBatch;

/**
 * How cycles of the clocks x86-tsc and tsc2nsec become ns: {@code ns = (cycles * mult >> shift) +
 * offset} (trace.dat option TSC2NSEC).
 *
 * @param mult multiplier, unsigned 32 bits
 * @param shift bits to shift right, unsigned 32 bits
 * @param offset ns to add
 */
public record TscConversion(long mult, long shift, long offset) {
  /**
   * The time in ns; the product is taken exactly, in 96 bits. What no time can be is brought to
   * {@link EventBatch#EARLIEST} or {@link EventBatch#LATEST}.
   */
  public long toNs(long cycles) {
    long low = cycles * mult;
    // multiplyHigh is signed, cycles are not.
    long high = Math.multiplyHigh(cycles, mult) + (cycles < 0 ? mult : 0);
    long time = shifted(high, low) + offset;
    return Math.max(EventBatch.EARLIEST, Math.min(EventBatch.LATEST, time));
  }

  private long shifted(long high, long low) {
    if (shift == 0) {
      return low;
    }
    if (shift < Long.SIZE) {
      return high << (Long.SIZE - shift) | low >>> shift;
    }
    return shift < 2 * Long.SIZE ? high >>> (shift - Long.SIZE) : 0;
  }
}
