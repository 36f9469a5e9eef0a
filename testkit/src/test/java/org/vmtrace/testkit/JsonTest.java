package org.vmtrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @Test
  void objectsListsAndNumbersAreRead() {
    assertThat(Json.parseObject(" {\"a\": [1, -2, 2.5, []], \"b\" : {\"c\":true}, \"d\":false}\n"))
        .isEqualTo(
            Map.of("a", List.of(1L, -2L, 2.5, List.of()), "b", Map.of("c", true), "d", false));
  }

  @Test
  void nullIsKept() {
    assertThat(Json.parseObject("{\"a\":null}")).containsEntry("a", null);
  }

  @Test
  void escapesInStringsAreResolved() {
    assertThat(Json.parse("\"\\u0041\\n\\\"\\\\/\"")).isEqualTo("A\n\"\\/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[1", "{\"a\" 1}", "[1 2]", "1 2", "\"a", "nul", "+"})
  void otherTextIsRefused(String text) {
    assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
