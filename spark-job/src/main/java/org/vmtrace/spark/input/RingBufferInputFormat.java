package org.vmtrace.spark.input;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vmtrace.file.TraceFile;
import org.vmtrace.ring.EventBatch;

/**
 * Reads traces: trace.dat of version 6 and 7, the original vm-trace file, bare ring-buffer pages.
 * The value is a batch of events of one stream, the key the split that it was read from.
 *
 * <p>A split is a run of whole pages of one stream, of packed files of whole chunks. Whatever
 * {@link #setSplitBytes} asks for, all splits together give every page once, and within a stream in
 * order. Input paths are files, folders with all that lies below, or globs; files of a folder that
 * are no traces are skipped with a warning in the log. {@link InputProperties} says what else can
 * be chosen.
 *
 * <p><b>The batch is filled again by the next read.</b> Take what is needed before asking for the
 * next: map to values of your own, do not cache, collect or shuffle batches.
 *
 * <pre>
 * context.newAPIHadoopFile(path, RingBufferInputFormat.class, RingBufferSplit.class,
 *         EventBatch.class, context.hadoopConfiguration())
 *     .values()
 *     .map(EventBatch::size)
 *     .reduce(Integer::sum);
 * </pre>
 */
public final class RingBufferInputFormat extends FileInputFormat<RingBufferSplit, EventBatch> {
  /** How many headers are read at the same time when splits are made; 16 unless set. */
  public static final String HEADER_THREADS = "vmtrace.header.threads";

  /** See {@link #HEADER_THREADS}. */
  public static final int DEFAULT_HEADER_THREADS = 16;

  private static final Logger LOG = LoggerFactory.getLogger(RingBufferInputFormat.class);

  /**
   * Sets how many bytes a split should have, at least 1; rounded up to whole pages. Unless set, it
   * is the file system's block size.
   */
  public static void setSplitBytes(Configuration conf, long bytes) {
    conf.setLong(SPLIT_MINSIZE, bytes);
    conf.setLong(SPLIT_MAXSIZE, bytes);
  }

  @Override
  public RecordReader<RingBufferSplit, EventBatch> createRecordReader(
      InputSplit split, TaskAttemptContext context) {
    return new RingBufferRecordReader();
  }

  @Override
  public List<InputSplit> getSplits(JobContext job) throws IOException {
    Configuration conf = job.getConfiguration();
    List<InputSplit> splits = new ArrayList<>();
    Parallel.map(
            find(job),
            conf.getInt(HEADER_THREADS, DEFAULT_HEADER_THREADS),
            file -> splitsOf(file, job))
        .forEach(splits::addAll);
    return splits;
  }

  @Override
  protected List<FileStatus> listStatus(JobContext job) throws IOException {
    List<FileStatus> files = new ArrayList<>();
    for (FoundFile file : find(job)) {
      files.add(new FileStatus(file.bytes(), false, 1, 0, file.modified(), file.path()));
    }
    return files;
  }

  private static List<FoundFile> find(JobContext job) throws IOException {
    FileFinder finder = new FileFinder(job.getConfiguration());
    for (Path path : getInputPaths(job)) {
      finder.find(HadoopInput.shown(path), path);
    }
    return finder.files();
  }

  private List<RingBufferSplit> splitsOf(FoundFile found, JobContext job) throws IOException {
    Configuration conf = job.getConfiguration();
    Optional<TraceFile> opened = TraceOpener.open(found, conf);
    if (opened.isEmpty()) {
      LOG.warn("{} is no trace: skipped", found.shown());
      return List.of();
    }
    long blockBytes = found.path().getFileSystem(conf).getDefaultBlockSize(found.path());
    long bytes = computeSplitSize(blockBytes, getMinSplitSize(job), getMaxSplitSize(job));
    try (TraceFile file = opened.get()) {
      return RingBufferSplit.of(found, file, Math.max(1, bytes));
    }
  }
}
