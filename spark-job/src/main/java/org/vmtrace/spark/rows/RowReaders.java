package org.vmtrace.spark.rows;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.latency.summary.RecordingInfo;
import org.vmtrace.spark.cluster.Shared;
import org.vmtrace.spark.output.RecordingNames;

/** Reads tasks' rows on the executors, with what all tasks of a table share. */
public final class RowReaders implements Serializable {
  private static final long serialVersionUID = 1;

  private final Shared<Configuration> conf;
  private final Shared<List<AnalysisRules>> rules;
  private final Shared<List<RecordingInfo>> infos;

  RowReaders(
      Shared<Configuration> conf,
      Shared<List<AnalysisRules>> rules,
      Shared<List<RecordingInfo>> infos) {
    this.conf = conf;
    this.rules = rules;
    this.infos = infos;
  }

  /** Begins to read a task's rows. */
  public RowCursor open(RowTask task) throws IOException {
    return task.work().open(new ReadContext(conf.get(), rules.get()));
  }

  /**
   * The names of a recording.
   *
   * @param recording its number, see {@link TableBatch#recording()}
   * @param text brings a text into the form that is wanted
   */
  public <T> RecordingNames<T> names(int recording, Function<String, T> text) {
    return new RecordingNames<>(infos.get().get(recording), text);
  }
}
