package org.vmtrace.collect.tracefs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BufferStatsTest {
  @Test
  void readsWhatTheKernelWrites() {
    String text =
        """
        entries: 12
        overrun: 34
        commit overrun: 5
        bytes: 1952
        oldest event ts:  2725.034633
        now ts:  2725.058172
        dropped events: 6
        read events: 78
        """;
    BufferStats stats = BufferStats.parse(text);
    assertThat(stats).isEqualTo(new BufferStats(12, 34, 5, 6, 78));
    assertThat(stats.lost()).isEqualTo(45);
  }

  @Test
  void whatIsMissingIsZero() {
    assertThat(BufferStats.parse("entries: x\n")).isEqualTo(new BufferStats(0, 0, 0, 0, 0));
  }
}
