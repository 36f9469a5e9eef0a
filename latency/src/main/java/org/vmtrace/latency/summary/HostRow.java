package org.vmtrace.latency.summary;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.vmtrace.latency.summary.Summary.RecordingRow;

/**
 * The numbers of one host.
 *
 * @param host the node's name, empty for all recordings that do not name theirs
 * @param recordings how many recordings are of it
 * @param totals what they contribute
 */
public record HostRow(String host, int recordings, Totals totals) implements Serializable {
  private static final Comparator<HostRow> WORST_FIRST =
      Comparator.comparingLong((HostRow row) -> valueOf(row.totals.busyMax()))
          .thenComparingLong(row -> valueOf(row.totals.max()))
          .reversed()
          .thenComparing(HostRow::host);

  /** The hosts of some recordings: that with the longest busy latency first. */
  static List<HostRow> of(List<RecordingRow> recordings) {
    Map<String, HostRow> hosts = new TreeMap<>();
    for (RecordingRow row : recordings) {
      hosts.merge(
          row.info().host(), new HostRow(row.info().host(), 1, row.totals()), HostRow::plus);
    }
    List<HostRow> rows = new ArrayList<>(hosts.values());
    rows.sort(WORST_FIRST);
    return List.copyOf(rows);
  }

  private HostRow plus(HostRow more) {
    return new HostRow(host, recordings + more.recordings, totals.plus(more.totals));
  }

  private static long valueOf(Extreme extreme) {
    return extreme == null ? -1 : extreme.value();
  }
}
