package org.vmtrace.spark.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.OutputCommitter;
import org.apache.hadoop.mapreduce.RecordWriter;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.TaskType;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmtrace.event.ExitReasons;
import org.vmtrace.latency.pair.LatencyBatch;
import org.vmtrace.latency.summary.RecordingInfo;
import org.vmtrace.latency.window.TumblingWindow;
import org.vmtrace.latency.window.WindowBatch;
import org.vmtrace.spark.script.WatchedFileSystem;

class ResultOutputFormatTest {
  @TempDir Path folder;

  private final ResultOutputFormat format = new ResultOutputFormat();
  private TaskAttemptContext task;
  private OutputCommitter committer;
  private RecordWriter<Void, RowBatch> writer;

  /** A job of two tasks, the second of which has begun. */
  @BeforeEach
  void begin() throws IOException {
    Configuration conf = Job.getInstance().getConfiguration();
    conf.set(FileOutputFormat.OUTDIR, folder.toUri().toString());
    ResultOutputFormat.configure(conf, true, true, 2);
    task = new TaskAttemptContextImpl(conf, new TaskAttemptID("test", 1, TaskType.REDUCE, 1, 0));
    committer = format.getOutputCommitter(task);
    committer.setupJob(task);
    committer.setupTask(task);
    writer = format.getRecordWriter(task);
  }

  @Test
  void whatATaskWroteIsThereWhenItAndItsJobAreCommitted() throws Exception {
    writer.write(null, oneWindow());
    writer.close(task);
    committer.commitTask(task);
    committer.commitJob(task);

    assertThat(files()).containsExactly("_SUCCESS", "windows/part-00001.zstd.parquet");
  }

  @Test
  void taskThatOutlivesItsJobLeavesNothing() throws Exception {
    committer.commitJob(task);

    assertThatThrownBy(() -> writer.write(null, oneWindow()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the job has ended");
    assertThat(files()).containsExactly("_SUCCESS");
  }

  /** Local files, none of which can be closed without an error. */
  public static final class NeverClosing extends WatchedFileSystem {
    private static final List<String> CLOSED = new ArrayList<>();

    @Override
    protected OutputStream begun(org.apache.hadoop.fs.Path file, OutputStream out) {
      String table = file.getParent().getName();
      return new FilterOutputStream(out) {
        @Override
        public void close() throws IOException {
          super.close();
          CLOSED.add(table);
          throw new IOException("no space left for " + table);
        }
      };
    }
  }

  @Test
  void bothFilesAreClosedWhenClosingFails() throws Exception {
    Configuration conf = new Configuration(task.getConfiguration());
    conf.setClass("fs.file.impl", NeverClosing.class, FileSystem.class);
    conf.setBoolean("fs.file.impl.disable.cache", true);
    TaskAttemptContext first =
        new TaskAttemptContextImpl(conf, new TaskAttemptID("test", 1, TaskType.REDUCE, 0, 0));
    RecordWriter<Void, RowBatch> both = new ResultOutputFormat().getRecordWriter(first);

    assertThatThrownBy(() -> both.close(first))
        .isInstanceOf(IOException.class)
        .hasMessage("no space left for latencies")
        .hasSuppressedException(new IOException("no space left for windows"));
    assertThat(NeverClosing.CLOSED).contains("latencies", "windows");
  }

  private static RowBatch oneWindow() {
    WindowBatch windows = new WindowBatch();
    windows.add(7, new TumblingWindow(1_000_000, 2, 900, 500, 2, 900, 500));
    RecordingInfo info =
        new RecordingInfo(
            "r", "h", "k", "mono", List.of(), Map.of(), ExitReasons.TABLES, true, false);
    return new RowBatch()
        .of(new RecordingNames<>(info, RecordingNames::binary), new LatencyBatch(1), windows);
  }

  /** What lies in the folder, but for checksums. */
  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(
              file -> !file.equals(folder) && !file.getFileName().toString().endsWith(".crc"))
          .filter(file -> !Files.isDirectory(file) || file.toString().contains("_temporary"))
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
