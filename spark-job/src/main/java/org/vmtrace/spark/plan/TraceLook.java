package org.vmtrace.spark.plan;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.vmtrace.file.TraceFile;
import org.vmtrace.recording.FileFacts;
import org.vmtrace.spark.cluster.Failures;
import org.vmtrace.spark.input.FoundFile;
import org.vmtrace.spark.input.HadoopInput;
import org.vmtrace.spark.input.RingBufferSplit;
import org.vmtrace.spark.input.TraceOpener;

/**
 * What one look at a file's header told. A file that cannot be read is told of, too, instead of
 * failing the task that looked.
 *
 * @param facts what the header says; null if the file is no trace or cannot be read
 * @param splits the file's streams, cut
 * @param failure why the file cannot be read, one line; null if it can, or is no trace
 */
record TraceLook(FileFacts facts, List<RingBufferSplit> splits, String failure)
    implements Serializable {

  /** Looks at a file and cuts its streams into splits of so many bytes. */
  static TraceLook at(FoundFile found, long splitBytes, Configuration conf) {
    try {
      Optional<TraceFile> opened = TraceOpener.open(found, conf);
      if (opened.isEmpty()) {
        return new TraceLook(null, List.of(), null);
      }
      try (TraceFile file = opened.get()) {
        return new TraceLook(
            FileFacts.of(HadoopInput.shown(found.path()), file),
            new ArrayList<>(RingBufferSplit.of(found, file, splitBytes)),
            null);
      }
    } catch (IOException e) {
      return new TraceLook(null, List.of(), Failures.line(found.shown(), e));
    }
  }

  boolean isTrace() {
    return facts != null;
  }
}
