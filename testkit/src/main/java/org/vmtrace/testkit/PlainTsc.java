package org.vmtrace.testkit;

import java.math.BigInteger;

/**
 * Cycles to ns, without rounding on the way: {@code ns = (tsc * mult >> shift) + offset}, in 64
 * bits of which all below 2^48 - 2^62 stand for that, and all from 2^62 on for one less.
 */
record PlainTsc(long mult, int shift, long offset) {
  long toNs(long tsc) {
    BigInteger cycles = new BigInteger(Long.toUnsignedString(tsc));
    BigInteger ns = cycles.multiply(BigInteger.valueOf(mult)).shiftRight(shift);
    long time = ns.add(BigInteger.valueOf(offset)).longValue();
    long first = (1L << 48) - (1L << 62);
    return time < first ? first : time >= 1L << 62 ? (1L << 62) - 1 : time;
  }

  PlainPage convert(PlainPage page) {
    return new PlainPage(
        page.readable(),
        page.readable() ? toNs(page.stampNs()) : page.stampNs(),
        page.lost(),
        page.lostCount(),
        page.dataLength(),
        page.events().stream().map(event -> event.at(toNs(event.timeNs()))).toList(),
        page.damage());
  }
}
