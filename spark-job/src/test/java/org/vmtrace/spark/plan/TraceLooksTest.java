package org.vmtrace.spark.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TraceLooksTest {
  @Test
  void everyCoreReadsHeadersFourTimes() {
    assertThat(TraceLooks.filesPerTask(16_000, 100)).isEqualTo(40);
  }

  @Test
  void aTaskReadsNotMoreHeadersThanFitInAMessage() {
    assertThat(TraceLooks.filesPerTask(160_000, 2)).isEqualTo(256);
  }

  @Test
  void aTaskReadsSoManyHeadersAsItOpensAtTheSameTime() {
    assertThat(TraceLooks.filesPerTask(950, 100)).isEqualTo(16);
  }
}
