package org.vmtrace.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vmtrace.event.ExitReasons;
import org.vmtrace.ring.Isa;

class AnalysisChoiceTest {
  private static final int HLT = 0x78;

  private static boolean excluded(String reason, Isa isa, long code) {
    return new AnalysisChoice(1000, 5, Set.of(reason, "another"))
        .rulesFor(ExitReasons.TABLES)
        .traits()
        .excluded(isa, code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hlt", "HLT", "Hlt", "120", "0x78", "0X78"})
  void aReasonIsLeftOutByNameInAnyCaseOrByCode(String reason) {
    assertThat(excluded(reason, Isa.SVM, HLT)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"hl", "12", "0x7", "78", "x78", "-120", ""})
  void anythingElseLeavesItIn(String reason) {
    assertThat(excluded(reason, Isa.SVM, HLT)).isFalse();
  }

  @Test
  void aNameStandsForTheCodeOfEachIsa() {
    assertThat(excluded("hlt", Isa.VMX, 12)).isTrue();
    assertThat(excluded("hlt", Isa.VMX, HLT)).isFalse();
  }

  @Test
  void aCodeMayHaveItsTopBitSet() {
    assertThat(excluded("0x8000000000000005", Isa.RISCV, 1L << 63 | 5)).isTrue();
  }
}
