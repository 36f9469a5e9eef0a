package org.vmtrace.collect.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatencyAlarmTest {
  private static final long SECOND = 1_000_000_000L;

  private long now = 77 * SECOND;
  private int rung;

  private LatencyAlarm alarm(int cpus) {
    return new LatencyAlarm(500, cpus, () -> now, () -> rung++);
  }

  @Test
  void aLatencyOfOneCpuIsNoticedAtOnce() {
    LatencyAlarm alarm = alarm(1);
    alarm.look(499);
    assertThat(rung).isZero();
    alarm.look(500);
    assertThat(rung).isEqualTo(1);
  }

  @Test
  void aLatencyOfSeveralCpusIsNoticedWhenItHasStood() {
    LatencyAlarm alarm = alarm(2);
    alarm.look(500);
    now += 2 * SECOND - 1;
    alarm.look(700);
    assertThat(rung).isZero();
    now++;
    alarm.look(700);
    assertThat(rung).isEqualTo(1);
  }

  @Test
  void aLatencyThatTurnsOutToBeNoneIsForgotten() {
    LatencyAlarm alarm = alarm(2);
    alarm.look(500);
    now += SECOND;
    alarm.look(3); // the thread was elsewhere
    now += SECOND;
    alarm.look(500);
    now += SECOND;
    alarm.look(500);
    assertThat(rung).isZero();
  }
}
