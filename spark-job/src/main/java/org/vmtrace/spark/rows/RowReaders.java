package org.vmtrace.spark.rows;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.latency.summary.RecordingInfo;
import org.vmtrace.spark.cluster.Packed;
import org.vmtrace.spark.cluster.SharedConfiguration;
import org.vmtrace.spark.output.RecordingNames;

/** Reads tasks' rows on the executors, with what all tasks of a table share. */
public final class RowReaders implements Serializable {
  private static final long serialVersionUID = 1;

  private final Broadcast<SharedConfiguration> conf;
  private final Broadcast<Packed<List<AnalysisRules>>> rules;
  private final Broadcast<Packed<List<RecordingInfo>>> infos;

  RowReaders(
      Broadcast<SharedConfiguration> conf,
      Broadcast<Packed<List<AnalysisRules>>> rules,
      Broadcast<Packed<List<RecordingInfo>>> infos) {
    this.conf = conf;
    this.rules = rules;
    this.infos = infos;
  }

  /** Begins to read a task's rows. */
  public RowCursor open(RowTask task) throws IOException {
    return task.work().open(new ReadContext(conf.value().get(), rules.value().get()));
  }

  /**
   * The names of a recording.
   *
   * @param recording its number, see {@link TableBatch#recording()}
   * @param text brings a text into the form that is wanted
   */
  public <T> RecordingNames<T> names(int recording, Function<String, T> text) {
    return new RecordingNames<>(infos.value().get().get(recording), text);
  }
}
