package org.vmtrace.spark.rows;

import java.util.Iterator;
import java.util.List;
import org.apache.parquet.io.api.Binary;
import org.vmtrace.latency.summary.RecordingInfo;
import org.vmtrace.spark.output.RecordingNames;
import org.vmtrace.spark.output.RowBatch;
import scala.Tuple2;

/** Rows as the tables take them. Always the same object, pointed at other rows. */
public final class RowBatches implements Iterator<Tuple2<Void, RowBatch>> {
  private final Iterator<TableBatch> rows;
  private final List<RecordingInfo> recordings;
  private final Tuple2<Void, RowBatch> batch = new Tuple2<>(null, new RowBatch());
  private RecordingNames<Binary> names;
  private int recording = -1;

  /**
   * Rows.
   *
   * @param recordings what is known of each recording
   */
  public RowBatches(Iterator<TableBatch> rows, List<RecordingInfo> recordings) {
    this.rows = rows;
    this.recordings = recordings;
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
      names = new RecordingNames<>(recordings.get(recording), RecordingNames::binary);
    }
    batch._2().of(names, next.latencies(), next.windows());
    return batch;
  }
}
