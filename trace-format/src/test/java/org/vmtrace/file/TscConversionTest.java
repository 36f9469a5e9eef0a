package org.vmtrace.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TscConversionTest {
  private static long exact(long mult, long shift, long offset, long cycles) {
    return new BigInteger(Long.toUnsignedString(cycles))
        .multiply(BigInteger.valueOf(mult))
        .shiftRight((int) shift)
        .add(BigInteger.valueOf(offset))
        .longValue();
  }

  @Test
  void productsBeyond64BitsAreExact() {
    Random random = new Random(42);
    for (int i = 0; i < 100_000; i++) {
      long mult = random.nextInt() & 0xffffffffL;
      long shift = random.nextInt(130);
      long cycles = random.nextLong() >>> random.nextInt(64);
      long offset = random.nextLong();

      assertThat(new TscConversion(mult, shift, offset).toNs(cycles))
          .isEqualTo(inRange(exact(mult, shift, offset, cycles)));
    }
  }

  @Test
  void whatNoTimeCanBeIsTheNearestThatOneCan() {
    TscConversion same = new TscConversion(1, 0, 0);

    assertThat(same.toNs(Long.MAX_VALUE)).isEqualTo((1L << 62) - 1);
    assertThat(same.toNs(Long.MIN_VALUE)).isEqualTo((1L << 48) - (1L << 62));
  }

  private static long inRange(long time) {
    long first = (1L << 48) - (1L << 62);
    return time >= 1L << 62 ? (1L << 62) - 1 : time < first ? first : time;
  }

  @Test
  void twoCyclesANanosecondAreHalvedAtAnyTime() {
    TscConversion half = new TscConversion(1L << 31, 32, 0);

    assertThat(half.toNs(1L << 62)).isEqualTo(1L << 61);
    assertThat(half.toNs(2_000_000_001)).isEqualTo(1_000_000_000);
  }
}
