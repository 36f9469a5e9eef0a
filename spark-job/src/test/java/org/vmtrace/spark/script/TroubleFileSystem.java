package org.vmtrace.spark.script;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.spark.TaskContext;

/**
 * The local file system, with trouble for some of the job's tasks, each once. Put on the class path
 * of driver and executors by scripts/cluster-test; {@code vmtrace.trouble.folder} is where it says
 * what it has done, {@code vmtrace.trouble.kill} the step (scan or write) in which it waits for the
 * executor to be killed.
 *
 * <ul>
 *   <li>One task of each step fails in the middle of its input: {@code failed-scan}, {@code
 *       failed-write}.
 *   <li>One task waits in the middle of its input until its JVM is killed; {@code kill} holds the
 *       JVM's process id.
 *   <li>One task of the write step waits until another attempt of it, a speculative one, has opened
 *       the same file ({@code slow}, {@code overtaken}), and then runs a race with it.
 * </ul>
 */
public final class TroubleFileSystem extends LocalFileSystem {
  private static final long LIMIT_SECONDS = 120;
  private static final long POLL_MILLIS = 20;

  /** For Hadoop. */
  public TroubleFileSystem() {}

  @Override
  public FSDataInputStream open(org.apache.hadoop.fs.Path path, int bufferSize) throws IOException {
    FSDataInputStream in = super.open(path, bufferSize);
    TaskContext task = TaskContext.get();
    String description = task == null ? null : task.getLocalProperty("spark.job.description");
    if (description == null || !path.getName().endsWith(".dat")) {
      return in;
    }
    String step =
        description.contains("scan") ? "scan" : description.contains("write") ? "write" : "";
    boolean again = task.attemptNumber() > 0;
    boolean another = again || task.stageAttemptNumber() > 0;
    if (step.equals("write") && another && happened("slow", task.partitionId())) {
      report("overtaken", "" + task.partitionId());
    }
    // What the killed executor kept may be missed at once, and its stage begin anew: its trouble
    // comes then.
    return step.isEmpty() || again ? in : new FSDataInputStream(new Troubled(in, step, task));
  }

  private Path folder() {
    return Path.of(getConf().get("vmtrace.trouble.folder"));
  }

  /** Says once that something happens; false if it did before. */
  private boolean report(String what, String details) throws IOException {
    try {
      Files.writeString(folder().resolve(what), details, StandardOpenOption.CREATE_NEW);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private boolean happened(String what, int partition) {
    try {
      return Files.readString(folder().resolve(what)).equals("" + partition);
    } catch (IOException e) {
      return false;
    }
  }

  private final class Troubled extends WatchedStream {
    private final String step;
    private final TaskContext task;

    Troubled(FSDataInputStream in, String step, TaskContext task) {
      super(in);
      this.step = step;
      this.task = task;
    }

    /** Trouble comes when the task has read something, but not all. */
    @Override
    protected void reading(int before) throws IOException {
      if (before == 1) {
        trouble();
      }
    }

    private void trouble() throws IOException {
      if (step.equals(getConf().get("vmtrace.trouble.kill"))
          && report("kill", "" + ProcessHandle.current().pid())) {
        await("kill", () -> false);
      }
      if (step.equals("write") && report("slow", "" + task.partitionId())) {
        await("slow", () -> Files.exists(folder().resolve("overtaken")));
      } else if (report("failed-" + step, "" + task.partitionId())) {
        throw new IOException("the disk fails, once, in the step " + step);
      }
    }

    private void await(String what, BooleanSupplier end) throws IOException {
      long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
      while (!end.getAsBoolean() && !task.isInterrupted()) {
        if (System.nanoTime() > limit) {
          throw new IOException("nothing has ended the trouble \"" + what + "\"");
        }
        try {
          TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }
}
