package org.vmtrace.spark.rows;

import java.util.Iterator;
import java.util.List;
import org.apache.parquet.io.api.Binary;
import org.vmtrace.spark.output.RecordingNames;
import org.vmtrace.spark.output.RowBatch;
import scala.Tuple2;

/** Rows as the tables take them. Always the same object, pointed at other rows. */
public final class RowBatches implements Iterator<Tuple2<Void, RowBatch>> {
  private final Iterator<TableBatch> rows;
  private final List<RowLabels> labels;
  private final Tuple2<Void, RowBatch> batch = new Tuple2<>(null, new RowBatch());
  private RecordingNames<Binary> names;
  private int recording = -1;

  /**
   * Rows.
   *
   * @param labels the names of each recording
   */
  public RowBatches(Iterator<TableBatch> rows, List<RowLabels> labels) {
    this.rows = rows;
    this.labels = labels;
  }

  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public Tuple2<Void, RowBatch> next() {
    TableBatch next = rows.next();
    if (next.recording() != recording) {
      recording = next.recording();
      names = labels.get(recording).names();
    }
    batch._2().of(names, next.latencies(), next.windows());
    return batch;
  }
}
