package org.vmtrace.spark.output;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.RecordWriter;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.lib.output.FileOutputCommitter;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;
import org.apache.hadoop.mapreduce.lib.output.PathOutputCommitter;
import org.apache.hadoop.mapreduce.security.TokenCache;

/**
 * Writes both tables of a result at once, each to its folder below the output path, under one
 * committer: what a task wrote becomes visible as a whole or not at all. Part files are named after
 * their task, so that the order of their names is the order of the rows. A task without rows writes
 * no file, but for the first one: every table has a file that tells its columns.
 */
public final class ResultOutputFormat extends FileOutputFormat<Void, RowBatch> {
  private static final String LATENCIES = "vmtrace.output.latencies";
  private static final String WINDOWS = "vmtrace.output.windows";
  private static final String TASKS = "vmtrace.output.tasks";

  /** Sets which tables to write, and how many tasks will write them. */
  public static void configure(Configuration conf, boolean latencies, boolean windows, int tasks) {
    conf.setBoolean(LATENCIES, latencies);
    conf.setBoolean(WINDOWS, windows);
    conf.setInt(TASKS, tasks);
  }

  @Override
  public RecordWriter<Void, RowBatch> getRecordWriter(TaskAttemptContext context)
      throws IOException {
    Configuration conf = context.getConfiguration();
    if (!(getOutputCommitter(context) instanceof PathOutputCommitter committer)) {
      throw new IOException(
          "the configured output committer has no folder to work in; use one for paths");
    }
    int task = context.getTaskAttemptID().getTaskID().getId();
    int digits = Math.max(5, Integer.toString(conf.getInt(TASKS, 1) - 1).length());
    String name = String.format(Locale.ROOT, "part-%0" + digits + "d", task);
    Path folder = committer.getWorkPath();
    Path job =
        committer instanceof FileOutputCommitter files ? files.getJobAttemptPath(context) : null;
    List<PartFile> files = new ArrayList<>();
    if (conf.getBoolean(LATENCIES, true)) {
      files.add(new PartFile(new LatencyTable(), folder, job, name, conf));
    }
    if (conf.getBoolean(WINDOWS, true)) {
      files.add(new PartFile(new WindowTable(), folder, job, name, conf));
    }
    if (task == 0) {
      for (PartFile file : files) {
        file.open();
      }
    }
    return new Writer(files);
  }

  /** Unlike its parent this leaves it to the caller to refuse a folder that is there. */
  @Override
  public void checkOutputSpecs(JobContext job) throws IOException {
    Path output = getOutputPath(job);
    if (output == null) {
      throw new IOException("no output path is set");
    }
    TokenCache.obtainTokensForNamenodes(
        job.getCredentials(), new Path[] {output}, job.getConfiguration());
  }

  private static final class Writer extends RecordWriter<Void, RowBatch> {
    private final List<PartFile> files;

    Writer(List<PartFile> files) {
      this.files = files;
    }

    @Override
    public void write(Void key, RowBatch batch) throws IOException {
      for (PartFile file : files) {
        file.write(batch);
      }
    }

    @Override
    public void close(TaskAttemptContext context) throws IOException {
      IOException failure = null;
      for (PartFile file : files) {
        try {
          file.close();
        } catch (IOException e) {
          if (failure == null) {
            failure = e; // the others are closed all the same
          } else {
            failure.addSuppressed(e);
          }
        }
      }
      if (failure != null) {
        throw failure;
      }
    }
  }
}
