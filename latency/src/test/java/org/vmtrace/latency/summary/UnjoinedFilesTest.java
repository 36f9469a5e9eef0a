package org.vmtrace.latency.summary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vmtrace.event.ExitReasons;
import org.vmtrace.latency.summary.Summary.RecordingRow;

class UnjoinedFilesTest {
  private static RecordingRow file(String name, String kernel, long first, long last) {
    RecordingInfo info =
        new RecordingInfo(
            name, "", kernel, "", List.of("/d/" + name), Map.of(), ExitReasons.TABLES, true, false);
    return new RecordingRow(info, first, last, Totals.NONE);
  }

  private static RecordingRow pages(String name, long first, long last) {
    return file(name, "", first, last);
  }

  private static ThreadRow thread(int thread, String recording) {
    return new ThreadRow(recording, thread, "", -1, List.of(0), null, null);
  }

  private static Optional<String> warning(RecordingRow a, RecordingRow b, ThreadRow... threads) {
    return UnjoinedFiles.warning(List.of(a, b), List.of(threads));
  }

  @Test
  void aThreadInTwoFilesOfPagesAtOneTimeIsWarnedOf() {
    assertThat(
            warning(
                pages("cpu0", 100, 200),
                pages("cpu1", 150, 300),
                thread(41, "cpu0"),
                thread(7, "cpu1"),
                thread(41, "cpu1")))
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .startsWith("cpu0, cpu1 hold the same threads at the same time (41), "));
  }

  @Test
  void aThreadInFilesOfOneAfterTheOtherIsNot() {
    assertThat(
            warning(
                pages("cpu0", 100, 200),
                pages("cpu1", 201, 300),
                thread(41, "cpu0"),
                thread(41, "cpu1")))
        .isEmpty();
  }

  @Test
  void filesWithoutACommonThreadAreNot() {
    assertThat(
            warning(
                pages("cpu0", 100, 200),
                pages("cpu1", 100, 200),
                thread(41, "cpu0"),
                thread(42, "cpu1")))
        .isEmpty();
  }

  @Test
  void theIdleThreadIsEveryCpusOwn() {
    assertThat(
            warning(
                pages("cpu0", 100, 200),
                pages("cpu1", 100, 200),
                thread(0, "cpu0"),
                thread(0, "cpu1")))
        .isEmpty();
  }

  @Test
  void filesThatTellTheirOriginAreNot() {
    assertThat(
            warning(
                pages("cpu0", 100, 200),
                file("t.dat", "Linux 6.1", 100, 200),
                thread(41, "cpu0"),
                thread(41, "t.dat")))
        .isEmpty();
  }

  @Test
  void aLongFileOverlapsWithAllThatFollow() {
    assertThat(
            UnjoinedFiles.warning(
                List.of(pages("a", 0, 900), pages("b", 100, 200), pages("c", 300, 400)),
                List.of(thread(41, "a"), thread(41, "b"), thread(41, "c"))))
        .hasValueSatisfying(text -> assertThat(text).startsWith("a, b, c hold "));
  }

  @Test
  void ofManyFilesAFewAreNamed() {
    assertThat(
            UnjoinedFiles.warning(
                List.of(pages("a", 0, 9), pages("b", 0, 9), pages("c", 0, 9), pages("d", 0, 9)),
                List.of(thread(1, "a"), thread(1, "b"), thread(1, "c"), thread(1, "d"))))
        .hasValueSatisfying(text -> assertThat(text).startsWith("a, b, c and 1 more hold "));
  }
}
