package org.vmtrace.spark.input;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.vmtrace.file.StreamReader;
import org.vmtrace.ring.EventBatch;

/**
 * Reads the pages of a split, batch by batch.
 *
 * <p>Key and value are the same two objects every time: the split, and a batch that the next call
 * fills again. Whoever needs a row longer copies what is needed.
 */
public final class RingBufferRecordReader extends RecordReader<RingBufferSplit, EventBatch> {
  private final EventBatch batch = new EventBatch();
  private RingBufferSplit split;
  private TraceOpener.Opened opened;
  private StreamReader reader;

  /** For Hadoop, which then calls {@link #initialize}. */
  public RingBufferRecordReader() {}

  /** A reader that is ready to read. */
  public static RingBufferRecordReader open(RingBufferSplit split, Configuration conf)
      throws IOException {
    RingBufferRecordReader reader = new RingBufferRecordReader();
    reader.begin(split, conf);
    return reader;
  }

  @Override
  public void initialize(InputSplit newSplit, TaskAttemptContext context) throws IOException {
    begin((RingBufferSplit) newSplit, context.getConfiguration());
  }

  private void begin(RingBufferSplit newSplit, Configuration conf) throws IOException {
    split = newSplit;
    opened = TraceOpener.open(split, conf);
    reader = new StreamReader(opened.file(), opened.stream(), split.extent());
  }

  @Override
  public boolean nextKeyValue() throws IOException {
    return reader.next(batch);
  }

  @Override
  public RingBufferSplit getCurrentKey() {
    return split;
  }

  @Override
  public EventBatch getCurrentValue() {
    return batch;
  }

  @Override
  public float getProgress() throws IOException {
    if (split.getLength() == 0) {
      return 1;
    }
    double done = opened.input().position() - split.getStart();
    return (float) Math.min(1, Math.max(0, done / split.getLength()));
  }

  @Override
  public void close() throws IOException {
    if (opened != null) {
      opened.file().close();
    }
  }
}
