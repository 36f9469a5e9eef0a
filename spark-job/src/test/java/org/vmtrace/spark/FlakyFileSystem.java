package org.vmtrace.spark;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.vmtrace.spark.script.WatchedStream;

/**
 * The local file system, but for files of folders of one name: in the first attempt of every task
 * one of their reads fails, which one depends on the task's number.
 */
public final class FlakyFileSystem extends LocalFileSystem {
  /** The name of such folders. */
  static final String FOLDER = "flaky";

  /** Tasks that have failed, as stage and partition: how a test knows that any did. */
  static final Set<String> FAILED = ConcurrentHashMap.newKeySet();

  /** For Hadoop. */
  public FlakyFileSystem() {}

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    FSDataInputStream in = super.open(path, bufferSize);
    TaskContext task = TaskContext.get();
    if (task == null || task.attemptNumber() > 0 || !path.getParent().getName().equals(FOLDER)) {
      return in;
    }
    String name = task.stageId() + "." + task.partitionId();
    return new FSDataInputStream(new FailingStream(in, name, task.partitionId() % 3));
  }

  private static final class FailingStream extends WatchedStream {
    private final String task;
    private final int good;

    FailingStream(FSDataInputStream in, String task, int good) {
      super(in);
      this.task = task;
      this.good = good;
    }

    @Override
    protected void reading(int before) throws IOException {
      if (before >= good) {
        FAILED.add(task);
        throw new IOException("a disk fails in the first attempt of task " + task);
      }
    }
  }
}
