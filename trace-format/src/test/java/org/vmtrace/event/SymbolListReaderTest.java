package org.vmtrace.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.vmtrace.testkit.Seeds;

class SymbolListReaderTest {
  @Test
  void listsBelongToTheBranchOfTheirIsa() {
    String text =
        "\"%s %d\", (REC->isa == 1) ? __print_symbolic(REC->exit_reason & 0xffff, { 12, \"HLT\" })"
            + " : __print_symbolic(REC->exit_reason, { 0x078, \"hlt\" }), REC->vcpu_id";

    assertThat(SymbolListReader.read(text))
        .containsExactly(
            new SymbolList("exit_reason", 1, Map.of(12L, "HLT")),
            new SymbolList("exit_reason", 2, Map.of(0x78L, "hlt")));
  }

  @Test
  void theOtherBranchOfIsaTwoIsIsaOne() {
    String text =
        "\"%s\", REC->isa == 2 ? __print_symbolic(REC->r, {1, \"a\"}) : __print_symbolic(REC->r,"
            + " {1, \"b\"})";

    assertThat(SymbolListReader.read(text))
        .containsExactly(
            new SymbolList("r", 2, Map.of(1L, "a")), new SymbolList("r", 1, Map.of(1L, "b")));
  }

  @Test
  void aConditionWithinABranchEndsBeforeTheOtherBranch() {
    String list = "__print_symbolic(REC->r, {1, \"a\"})";

    for (String nested : List.of("REC->b ? \"x\" : \"y\"", "(REC->b ? \"x\" : \"y\")")) {
      assertThat(SymbolListReader.read("\"%s\", REC->isa == 1 ? " + nested + " : " + list))
          .containsExactly(new SymbolList("r", 2, Map.of(1L, "a")));
    }
  }

  @Test
  void listsOutsideOfAnyConditionHoldAlways() {
    assertThat(SymbolListReader.read("\"%s\", __print_symbolic(REC->ret, { 0, \"IRQ\" })"))
        .containsExactly(new SymbolList("ret", SymbolList.ANY_ISA, Map.of(0L, "IRQ")));
  }

  @Test
  void listsAreFoundWithinCastsAndCalls() {
    String text = "\"%s\", (char *)(foo((__print_symbolic((u32)REC->ret, { 0, \"IRQ\" }))))";

    assertThat(SymbolListReader.read(text))
        .containsExactly(new SymbolList("ret", SymbolList.ANY_ISA, Map.of(0L, "IRQ")));
  }

  @Test
  void bracketsCommasAndEscapesWithinNamesAreText() {
    String text =
        "\"a ( %s\", __print_symbolic(REC->x, { 1, \"a, {b} (\" }, { 2, \"say \\\"c\\\"\" },"
            + " { 3, \"d\" \"e\" })";

    assertThat(SymbolListReader.read(text))
        .containsExactly(new SymbolList("x", 0, Map.of(1L, "a, {b} (", 2L, "say \"c\"", 3L, "de")));
  }

  @Test
  void theFirstNameOfAValueWins() {
    String text = "\"\", __print_symbolic(REC->x, { 1, \"first\" }, { 1, \"second\" })";

    assertThat(SymbolListReader.read(text).get(0).names()).containsExactly(Map.entry(1L, "first"));
  }

  @Test
  void valuesThatAreNoConstantsAreLeftOut() {
    String text = "\"\", __print_symbolic(REC->x, { HI_SOFTIRQ, \"HI\" }, { 1, \"TIMER\" })";

    assertThat(SymbolListReader.read(text).get(0).names()).containsExactly(Map.entry(1L, "TIMER"));
  }

  @Test
  void flagsAreNoSymbols() {
    String text = "\"\", __print_flags(REC->x & ~0xffff, \" \", { 0x80000000, \"FAILED\" })";

    assertThat(SymbolListReader.read(text)).isEmpty();
  }

  @Test
  void characterLiteralsOpenNoBrackets() {
    String text = "\"%c\", REC->a ? '(' : '\\'', __print_symbolic(REC->x, { 1, \"one\" })";

    assertThat(SymbolListReader.read(text))
        .containsExactly(new SymbolList("x", 0, Map.of(1L, "one")));
  }

  @Test
  void nestingOfAnyDepthEnds() {
    assertThat(SymbolListReader.read("(".repeat(50_000))).isEmpty();
    assertThat(SymbolListReader.read("(a ? ".repeat(50_000))).isEmpty();
    assertThat(SymbolListReader.read("a?".repeat(2_000) + ":".repeat(2_000))).isEmpty();
  }

  @Test
  void anyTextGivesAList() {
    String alphabet = "(){}[],?:\"\\'->=__print_symbolic(REC->x,{1,\"a\"})isa==12 ";
    long seed = Seeds.first();
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder("__print_symbolic(REC->isa == 1 ? ");
      int length = random.nextInt(200);
      for (int j = 0; j < length; j++) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }

      assertThat(SymbolListReader.read(text.toString())).as("seed %d: %s", seed, text).isNotNull();
    }
  }
}
