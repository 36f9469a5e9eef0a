package org.vmtrace.spark.cluster;

import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;

/** Ends a task that Spark has given up, such as the slower one of two. */
public final class TaskKill {
  private TaskKill() {}

  /** Throws if the task that runs in this thread is not wanted any more. */
  public static void check() {
    TaskContext task = TaskContext.get();
    if (task != null && task.isInterrupted()) {
      throw new TaskKilledException();
    }
  }
}
