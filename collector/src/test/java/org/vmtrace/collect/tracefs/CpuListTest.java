package org.vmtrace.collect.tracefs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vmtrace.testkit.Seeds;

class CpuListTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3 | 3",
        "2-5,8 | 2-5,8",
        "8,2,3,4,5 | 2-5,8",
        " 0-1, 3 | 0-1,3",
        "511 | 511",
        "0-511 | 0-511",
        "4-4 | 4"
      })
  void listsOfCpusAreReadAndWritten(String text, String written) {
    assertThat(CpuList.format(CpuList.parse(text))).isEqualTo(written);
  }

  @Test
  void nothingIsNoCpu() {
    assertThat(CpuList.parse(" \n")).isEqualTo(new BitSet());
    assertThat(CpuList.format(new BitSet())).isEmpty();
  }

  @Test
  void anySetComesBackAsItWas() {
    Random random = new Random(Seeds.first());
    for (int i = 0; i < 1000; i++) {
      BitSet cpus = new BitSet();
      for (int n = random.nextInt(64); n > 0; n--) {
        cpus.set(random.nextInt(random.nextBoolean() ? 70 : 8192));
      }
      assertThat(CpuList.parse(CpuList.format(cpus))).isEqualTo(cpus);
      int groups = 8192 / 32;
      assertThat(CpuMask.parse(CpuMask.format(cpus, groups))).isEqualTo(cpus);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "1-", "-1", "5-2", "1,,2", "1-2-3", "65536", "99999999999", "1 2"})
  void whatIsNoListIsRefusedInWords(String text) {
    assertThatThrownBy(() -> CpuList.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("\"" + text + "\" is no list of CPUs such as 3 or 2-5,8 (numbers up to 65535)");
  }

  @Test
  void messagesNameOneCpuOrSeveral() {
    assertThat(CpuList.name(CpuList.of(3))).isEqualTo("CPU 3");
    assertThat(CpuList.name(CpuList.of(3, 4, 9))).isEqualTo("CPUs 3-4,9");
  }

  /** The values stand in the kernel's Documentation/trace/ftrace.rst or follow from the digits. */
  @Test
  void masksHaveGroupsOf32CpusTheHighestFirst() {
    assertThat(CpuMask.format(CpuList.of(0, 1), 1)).isEqualTo("00000003");
    assertThat(CpuMask.format(CpuList.of(32), 2)).isEqualTo("00000001,00000000");
    assertThat(CpuMask.format(CpuList.of(31, 63, 95), 4))
        .isEqualTo("00000000,80000000,80000000,80000000");
    assertThat(CpuMask.parse("f")).isEqualTo(CpuList.parse("0-3"));
    assertThat(CpuMask.parse("1,00000000,80000000\n")).isEqualTo(CpuList.of(31, 64));
    assertThat(CpuMask.groups("ff,ffffffff\n")).isEqualTo(2);
  }
}
