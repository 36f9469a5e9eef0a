package org.vmtrace.spark.rows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.vmtrace.latency.pair.LatencyBatch;
import org.vmtrace.latency.split.WindowJoin;
import org.vmtrace.latency.window.WindowBatch;
import org.vmtrace.spark.cluster.TaskKill;
import org.vmtrace.spark.scan.CarriedSplit;
import org.vmtrace.spark.scan.KeptWindows;
import org.vmtrace.spark.scan.MovedSet;
import org.vmtrace.spark.scan.ScanPart;

/**
 * The windows of some splits, made of those that the scan has kept: nothing is decoded again.
 * Splits of streams where time steps back are passed over.
 */
public final class KeptWindowCursor implements Iterator<TableBatch> {
  private final Iterator<ScanPart> parts;
  private final Iterator<CarriedSplit> splits;
  private final MovedSet moved;
  private final WindowBatch kept = new WindowBatch();
  private final WindowBatch rows = new WindowBatch();
  private final LatencyBatch noLatencies = new LatencyBatch(0);
  private final TableBatch batch = new TableBatch();
  private CarriedSplit split;
  private boolean ended = true;
  private boolean ready;

  /** Null where time steps back in the split's stream. */
  private WindowJoin join;

  /**
   * Rows.
   *
   * @param parts what the scan found in the splits, split by split
   * @param splits the same splits in the same order
   * @param moved threads whose rows are made elsewhere
   */
  public KeptWindowCursor(Iterator<ScanPart> parts, List<CarriedSplit> splits, MovedSet moved) {
    this.parts = parts;
    this.splits = splits.iterator();
    this.moved = moved;
  }

  @Override
  public boolean hasNext() {
    try {
      while (!ready && parts.hasNext()) {
        TaskKill.check();
        rows.clear();
        accept(parts.next());
        ready = rows.size() > 0;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ready;
  }

  @Override
  public TableBatch next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    ready = false;
    return batch.of(split.planned().recording(), noLatencies, rows);
  }

  private void begin(CarriedSplit next) {
    split = next;
    ended = false;
    join =
        next.carry().steady()
            ? new WindowJoin(next.split().cpu(), next.carry(), moved.of(next.planned().recording()))
            : null;
  }

  private void accept(ScanPart part) throws IOException {
    if (ended) {
      begin(splits.next());
    }
    if (part instanceof KeptWindows windows) {
      if (join != null) {
        kept.clear();
        windows.addTo(kept);
        join.accept(kept, rows);
      }
    } else {
      if (join != null) {
        join.finish(rows);
      }
      ended = true;
    }
  }
}
