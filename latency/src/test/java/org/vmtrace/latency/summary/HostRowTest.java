package org.vmtrace.latency.summary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.vmtrace.event.ExitReasons;
import org.vmtrace.latency.summary.Summary.RecordingRow;

class HostRowTest {
  private static RecordingRow recording(String host, Totals totals) {
    RecordingInfo info =
        new RecordingInfo(
            "t.dat", host, "", "", List.of("/d/t.dat"), Map.of(), ExitReasons.TABLES, true, false);
    return new RecordingRow(info, 0L, 100L, totals);
  }

  private static Extreme longest(long value) {
    return new Extreme(value, 50, 7, "t.dat", null, "");
  }

  /** A recording with one latency that is not idle and one that is. */
  private static RecordingRow recording(String host, long busy, long idle) {
    return recording(
        host,
        new Totals(
            2,
            busy + idle,
            longest(Math.max(busy, idle)),
            null,
            1,
            busy,
            longest(busy),
            null,
            0,
            0,
            0));
  }

  private static List<String> order(RecordingRow... recordings) {
    return HostRow.of(List.of(recordings)).stream().map(HostRow::host).toList();
  }

  @Test
  void theHostWithTheLongestBusyLatencyComesFirst() {
    assertThat(order(recording("a", 20, 900), recording("b", 30, 40))).containsExactly("b", "a");
  }

  @Test
  void ofEqualOnesThatWithTheLongestLatencyOfAllComesFirst() {
    assertThat(order(recording("a", 20, 40), recording("b", 20, 900))).containsExactly("b", "a");
  }

  @Test
  void ofEqualOnesInAllTheNameDecides() {
    assertThat(order(recording("b", 20, 40), recording("a", 20, 40))).containsExactly("a", "b");
  }

  @Test
  void aHostWithoutLatenciesComesLast() {
    assertThat(order(recording("a", Totals.NONE), recording("b", 0, 0))).containsExactly("b", "a");
  }

  @Test
  void theRecordingsOfAHostAreAddedUp() {
    Totals first =
        new Totals(3, 60, longest(30), longest(45), 2, 30, longest(20), longest(25), 1000, 4, 5);
    Totals second =
        new Totals(7, 90, longest(40), longest(41), 5, 50, longest(12), longest(35), 3000, 6, 8);

    assertThat(
            HostRow.of(
                List.of(recording("a", first), recording("b", 1, 1), recording("a", second))))
        .first()
        .isEqualTo(
            new HostRow(
                "a",
                2,
                new Totals(
                    10,
                    150,
                    longest(40),
                    longest(45),
                    7,
                    80,
                    longest(20),
                    longest(35),
                    4000,
                    10,
                    13)));
  }
}
