package org.vmtrace.latency.pair;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vmtrace.latency.ReasonTraits;
import org.vmtrace.ring.EventBatch;
import org.vmtrace.ring.Isa;

class ReasonTableTest {
  private static final class NoTraits implements ReasonTraits {
    private static final long serialVersionUID = 1;

    @Override
    public boolean idle(Isa isa, long code) {
      return code == 12;
    }

    @Override
    public boolean excluded(Isa isa, long code) {
      return code == -1;
    }
  }

  private final ReasonTable table = new ReasonTable(new NoTraits());

  @Test
  void reasonsAreNumberedAsTheyAppearAndKeepTheirNumbers() {
    List<Long> codes = List.of(0L, 255L, 0x403L, 2047L, 2048L, -1L, Long.MIN_VALUE, 1L << 40, 12L);
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < codes.size(); i++) {
        assertThat(table.number(codes.get(i), Isa.SVM.flags())).isEqualTo(i);
      }
    }
  }

  @Test
  void onlyReasonsThatOccurredAreKnown() {
    assertThat(table.known(0x400, Isa.SVM.flags())).isEqualTo(ReasonTable.UNKNOWN);
    int number = table.number(0x400, Isa.SVM.flags());
    assertThat(table.known(0x400, Isa.SVM.flags())).isEqualTo(number);
    assertThat(table.known(0x401, Isa.SVM.flags())).isEqualTo(ReasonTable.UNKNOWN);
    assertThat(table.known(0x400, Isa.VMX.flags())).isEqualTo(ReasonTable.UNKNOWN);
  }

  @Test
  void oneCodeOfTwoIsasIsTwoReasons() {
    int vmx = table.number(12, Isa.VMX.flags());
    int svm = table.number(12, Isa.SVM.flags());
    assertThat(svm).isNotEqualTo(vmx);
    assertThat(table.isa(vmx)).isEqualTo(Isa.VMX);
    assertThat(table.isa(svm)).isEqualTo(Isa.SVM);
  }

  @Test
  void marksInTheFlagsDoNotMakeAReason() {
    int plain = table.number(33, Isa.VMX.flags());
    assertThat(table.number(33, Isa.VMX.flags() | EventBatch.FAILED_ENTRY)).isEqualTo(plain);
  }

  @Test
  void hundredsOfReasonsKeepTheirCodesAndTraits() {
    List<Integer> numbers = new ArrayList<>();
    for (long code = -500; code < 500; code++) {
      numbers.add(table.number(code, Isa.NONE.flags()));
    }
    assertThat(numbers).doesNotHaveDuplicates();
    for (int i = 0; i < 1000; i++) {
      long code = i - 500L;
      assertThat(table.code(numbers.get(i))).isEqualTo(code);
      assertThat(table.idle(numbers.get(i))).isEqualTo(code == 12);
      assertThat(table.excluded(numbers.get(i))).isEqualTo(code == -1);
    }
  }
}
