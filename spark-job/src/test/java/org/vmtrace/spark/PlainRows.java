package org.vmtrace.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import org.vmtrace.testkit.PlainAnalysis;
import org.vmtrace.testkit.PlainIsa;
import org.vmtrace.testkit.PlainLatency;
import org.vmtrace.testkit.PlainWindow;

/** The rows that the plain reference expects, written as {@link Tables} writes rows. */
final class PlainRows {
  private PlainRows() {}

  /**
   * The rows of {@code latencies}, by recording and thread.
   *
   * @param reasons the names of exit reasons
   */
  static List<String> latencies(PlainAnalysis plain, BiFunction<PlainIsa, Long, String> reasons) {
    return plain.latencies().stream().map(row -> row(row, reasons)).toList();
  }

  private static String row(PlainLatency row, BiFunction<PlainIsa, Long, String> reasons) {
    return String.join(
        "|",
        row.recording(),
        row.host(),
        "" + row.cpu(),
        "" + row.pid(),
        comm(row.pid(), row.comm()),
        row.vcpu() == null ? "-" : "" + row.vcpu(),
        reasons.apply(row.isa(), row.code()),
        "" + row.code(),
        "" + row.idle(),
        "" + row.exitTimeNs(),
        "" + row.entryTimeNs(),
        "" + row.latencyNs(),
        row.guestIp() == null ? "-" : "" + row.guestIp());
  }

  /** The reference leaves the idle thread's name to the file. */
  private static String comm(int pid, String comm) {
    return pid == 0 ? "<idle>" : comm;
  }

  /** The rows of {@code windows}, by recording and thread. */
  static List<String> windows(PlainAnalysis plain) {
    return plain.windows().stream().map(PlainRows::row).toList();
  }

  private static String row(PlainWindow row) {
    return String.join(
        "|",
        row.recording(),
        row.host(),
        "" + row.pid(),
        comm(row.pid(), row.comm()),
        "" + row.startNs(),
        "" + row.latencies(),
        "" + row.cumulativeNs(),
        "" + row.maxNs(),
        "" + row.busyLatencies(),
        "" + row.busyCumulativeNs(),
        "" + row.busyMaxNs());
  }

  /** The rows grouped by the columns that tell recording and thread, their order within kept. */
  static List<String> byThread(List<String> rows, int recording, int thread) {
    return rows.stream()
        .sorted(
            Comparator.comparing((String row) -> column(row, recording))
                .thenComparing(row -> Integer.valueOf(column(row, thread))))
        .toList();
  }

  /** Fails with the first row that differs. */
  static void assertSame(List<String> actual, List<String> expected) {
    for (int i = 0; i < Math.min(actual.size(), expected.size()); i++) {
      assertThat(actual.get(i)).as("row %d", i).isEqualTo(expected.get(i));
    }
    assertThat(actual).hasSameSizeAs(expected);
  }

  private static String column(String row, int column) {
    return row.split("\\|", -1)[column];
  }
}
