package org.vmtrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class KernelTextTest {
  @Test
  void kernelLineIsReadWithMicroseconds() {
    TextEvent event =
        only(
            "           vcpu0-159     [001] d..1.    35.442185: kvm_exit: vcpu 3 reason npf rip "
                + "0x1000 info1 0x0000000100000014");
    assertThat(event)
        .isEqualTo(
            new TextEvent(
                "",
                "vcpu0",
                159,
                1,
                35_442_185,
                1000,
                "kvm_exit",
                "vcpu 3 reason npf rip 0x1000 info1 0x0000000100000014"));
    assertThat(event.vcpu()).isEqualTo(3);
    assertThat(event.reason()).isEqualTo("npf");
    assertThat(event.instructionPointer()).isEqualTo(0x1000);
    assertThat(event.printed(35_442_184_500L)).isEqualTo(35_442_185);
    assertThat(event.printed(35_442_184_499L)).isEqualTo(35_442_184);
  }

  @Test
  void traceCmdLineIsReadWithNanosecondsAndItsBuffer() {
    TextEvent event =
        only(
            "side:            vcpu0-233   [000]    45.004702660: kvm_entry:             vcpu 0 rip 0x1");
    assertThat(event)
        .isEqualTo(
            new TextEvent(
                "side", "vcpu0", 233, 0, 45_004_702_660L, 1, "kvm_entry", "vcpu 0 rip 0x1"));
  }

  @Test
  void clocksWithoutFractionCountUnits() {
    TextEvent event =
        only("  vcpu0-184     [001] d..1.  73418095989: kvm_entry: vcpu 0, rip 0x1000");
    assertThat(event.timeUnits()).isEqualTo(73_418_095_989L);
    assertThat(event.unitNs()).isEqualTo(1);
  }

  @Test
  void namesMayHoldDashesAndBlanks() {
    assertThat(only("  <idle>-0       [001] d.h1.    10.703796: local_timer_entry: v=1").comm())
        .isEqualTo("<idle>");
    assertThat(only("  kworker/u4:1-events-35 [000] .....    1.000000: x: y").comm())
        .isEqualTo("kworker/u4:1-events");
    assertThat(only("  CPU 0/KVM-77 [000] .....    1.000000: x: y").comm()).isEqualTo("CPU 0/KVM");
  }

  @Test
  void lossesStandBeforeTheNextLine() {
    String text =
        """
        cpus=2
        CPU:0 [5070 EVENTS DROPPED]
          a-1 [000] 1.000000000: x: y
        CPU:1 [EVENTS DROPPED]
        CPU:1 [LOST 12 EVENTS]
        """;
    assertThat(KernelText.parse(text).get(0).losses())
        .containsExactly(
            new KernelText.Lost(0, 5070, 0),
            new KernelText.Lost(1, 0, 1),
            new KernelText.Lost(1, 12, 1));
  }

  @Test
  void roundsEndWhereBytesAreTaken() {
    String text =
        """
        # ROUND 0
        # tracer: nop
          a-1 [000] ..... 1.000000: x: y
        # TAKEN 4096
        # ROUND 1
        # TAKEN 0
        """;
    List<KernelText.Round> rounds = KernelText.parse(text);
    assertThat(rounds).extracting(KernelText.Round::takenBytes).containsExactly(4096L, 0L);
    assertThat(rounds.get(0).events()).hasSize(1);
    assertThat(rounds.get(1).events()).isEmpty();
  }

  @Test
  void otherLinesAreRefused() {
    assertThatThrownBy(() -> KernelText.parse("hello\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("hello");
  }

  private static TextEvent only(String line) {
    List<KernelText.Round> rounds = KernelText.parse(line + "\n");
    assertThat(rounds).hasSize(1);
    assertThat(rounds.get(0).events()).hasSize(1);
    return rounds.get(0).events().get(0);
  }
}
