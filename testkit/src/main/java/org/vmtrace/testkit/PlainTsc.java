package org.vmtrace.testkit;

import java.math.BigInteger;

/** Cycles to ns, without rounding on the way: {@code ns = (tsc * mult >> shift) + offset}. */
record PlainTsc(long mult, int shift, long offset) {
  long toNs(long tsc) {
    BigInteger cycles = new BigInteger(Long.toUnsignedString(tsc));
    BigInteger ns = cycles.multiply(BigInteger.valueOf(mult)).shiftRight(shift);
    return ns.add(BigInteger.valueOf(offset)).longValue();
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
