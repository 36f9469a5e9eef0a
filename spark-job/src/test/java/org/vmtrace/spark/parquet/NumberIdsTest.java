package org.vmtrace.spark.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NumberIdsTest {
  @Test
  void numbersAreCountedInTheOrderInWhichTheyCome() {
    NumberIds ids = new NumberIds();
    assertThat(new int[] {ids.idOf(7), ids.idOf(-1), ids.idOf(7), ids.idOf(0)})
        .containsExactly(0, 1, 0, 2);
    assertThat(ids.number(1)).isEqualTo(-1);
    assertThat(ids.size()).isEqualTo(3);
  }

  @Test
  void nothingIsKnownAfterClearing() {
    NumberIds ids = new NumberIds();
    ids.idOf(7);
    ids.clear();
    assertThat(ids.idOf(8)).isZero();
    assertThat(ids.size()).isOne();
  }

  @Test
  void manyNumbersAreToldApart() {
    NumberIds ids = new NumberIds();
    Map<Long, Integer> plain = new HashMap<>();
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      long number = (long) random.nextInt(5000) << random.nextInt(50);
      int id = plain.computeIfAbsent(number, key -> plain.size());
      assertThat(ids.idOf(number)).isEqualTo(id);
    }
  }
}
