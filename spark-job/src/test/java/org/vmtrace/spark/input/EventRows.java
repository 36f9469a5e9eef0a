package org.vmtrace.spark.input;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.TaskType;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.latency.split.SplitAnalysis;
import org.vmtrace.latency.split.SplitAnalyzer;
import org.vmtrace.ring.EventBatch;

/** Reads traces through the input format as Hadoop would, without Spark. */
final class EventRows {
  /** All columns of all rows, by file, buffer and CPU. */
  final Map<String, ByteArrayOutputStream> rows = new LinkedHashMap<>();

  /** The joined analysis of the splits, likewise. */
  final Map<String, SplitAnalysis> analyses = new LinkedHashMap<>();

  int splits;

  /** Reads everything. */
  static EventRows of(Configuration conf, AnalysisRules rules, Path... paths)
      throws IOException, InterruptedException {
    Job job = Job.getInstance(conf);
    FileInputFormat.setInputPaths(job, paths);
    RingBufferInputFormat format = new RingBufferInputFormat();
    TaskAttemptContext context =
        new TaskAttemptContextImpl(
            job.getConfiguration(), new TaskAttemptID("test", 1, TaskType.MAP, 0, 0));
    EventRows all = new EventRows();
    for (InputSplit split : format.getSplits(job)) {
      try (RecordReader<RingBufferSplit, EventBatch> reader =
          format.createRecordReader(split, context)) {
        reader.initialize(split, context);
        all.add((RingBufferSplit) split, reader, rules);
      }
    }
    return all;
  }

  private void add(
      RingBufferSplit split, RecordReader<RingBufferSplit, EventBatch> reader, AnalysisRules rules)
      throws IOException, InterruptedException {
    splits++;
    String stream = split.getPath().getName() + " " + split.buffer() + " " + split.cpu();
    DataOutputStream out =
        new DataOutputStream(rows.computeIfAbsent(stream, key -> new ByteArrayOutputStream()));
    SplitAnalyzer analyzer = new SplitAnalyzer(rules, split.cpu());
    while (reader.nextKeyValue()) {
      EventBatch batch = reader.getCurrentValue();
      for (int row = 0; row < batch.size(); row++) {
        write(batch, row, out);
      }
      analyzer.accept(batch);
    }
    analyses.merge(stream, analyzer.finish(), SplitAnalysis::then);
  }

  private static void write(EventBatch batch, int row, DataOutputStream out) throws IOException {
    out.writeByte(batch.kind(row));
    // A split that begins with a page that cannot be read knows of no time before.
    out.writeLong(batch.kind(row) == EventBatch.DAMAGE ? 0 : batch.time(row));
    out.writeInt(batch.thread(row));
    out.writeLong(batch.code(row));
    out.writeByte(batch.flags(row));
    out.writeLong(batch.position(row));
    out.writeLong(batch.instructionPointer(row));
    out.writeInt(batch.vcpu(row));
  }
}
