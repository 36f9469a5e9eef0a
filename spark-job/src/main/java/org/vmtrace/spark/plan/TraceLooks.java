package org.vmtrace.spark.plan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.vmtrace.spark.cluster.Cluster;
import org.vmtrace.spark.cluster.Packed;
import org.vmtrace.spark.cluster.Shared;
import org.vmtrace.spark.input.FoundFile;
import org.vmtrace.spark.input.Parallel;
import org.vmtrace.spark.input.RingBufferInputFormat;

/** Looks at the headers of all files: here where there are few, on the executors else. */
final class TraceLooks {
  /** Up to so many files a job costs more than it saves. */
  private static final int FEW = 64;

  /** A task opens so many at the same time ({@link RingBufferInputFormat#HEADER_THREADS}). */
  private static final int LEAST_PER_TASK = 16;

  /** What is told of files, and of their headers, travels with a task and its result. */
  private static final int MOST_PER_TASK = 256;

  private TraceLooks() {}

  /** What the files' headers tell, in the order of the files. */
  static List<TraceLook> at(
      Cluster cluster, Configuration conf, List<FoundFile> files, long splitBytes)
      throws IOException {
    if (files.size() <= FEW) {
      return lookAt(files, splitBytes, conf);
    }
    List<byte[]> slices = new ArrayList<>();
    int slice = filesPerTask(files.size(), cluster.expectedParallelism());
    for (int from = 0; from < files.size(); from += slice) {
      slices.add(
          Packed.pack(List.copyOf(files.subList(from, Math.min(from + slice, files.size())))));
    }
    cluster.describe("read the headers of " + files.size() + " files");
    Shared<Configuration> shared = cluster.conf();
    List<TraceLook> looks = new ArrayList<>();
    for (byte[] part :
        cluster
            .context()
            .parallelize(slices, slices.size())
            .map(
                some -> {
                  List<FoundFile> found = Packed.unpack(some);
                  return Packed.pack(lookAt(found, splitBytes, shared.get()));
                })
            .collect()) {
      List<TraceLook> some = Packed.unpack(part);
      looks.addAll(some);
    }
    return looks;
  }

  /** Four tasks for every core, as long as their size makes sense. */
  static int filesPerTask(int files, int cores) {
    return Math.max(LEAST_PER_TASK, Math.min(MOST_PER_TASK, files / (4 * cores)));
  }

  private static List<TraceLook> lookAt(List<FoundFile> files, long splitBytes, Configuration conf)
      throws IOException {
    int threads =
        conf.getInt(
            RingBufferInputFormat.HEADER_THREADS, RingBufferInputFormat.DEFAULT_HEADER_THREADS);
    return Parallel.map(files, threads, file -> TraceLook.at(file, splitBytes, conf));
  }
}
