package org.vmtrace.spark.scan;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.vmtrace.ring.EventBatch;
import org.vmtrace.spark.cluster.TaskKill;
import org.vmtrace.spark.input.RingBufferRecordReader;
import org.vmtrace.spark.plan.PlannedSplit;

/**
 * Makes something of the events of some splits, batch by batch, as it is asked for: memory does not
 * depend on the length of the splits.
 */
public abstract class DecodedSplits<S, T> implements Iterator<T>, Closeable {
  private final Iterator<S> splits;
  private final Function<S, PlannedSplit> planned;
  private final Configuration conf;
  private final Queue<T> given = new ArrayDeque<>();
  private S split;
  private RingBufferRecordReader reader;

  /**
   * Something of splits.
   *
   * @param planned where a split lies
   */
  protected DecodedSplits(List<S> splits, Function<S, PlannedSplit> planned, Configuration conf) {
    this.splits = splits.iterator();
    this.planned = planned;
    this.conf = conf;
    TaskContext task = TaskContext.get();
    if (task != null) {
      task.addTaskCompletionListener((TaskCompletionListener) end -> close());
    }
  }

  /** A split begins. */
  protected abstract void begin(S next);

  /** The split's next rows. */
  protected abstract void accept(EventBatch batch);

  /** The split has ended. */
  protected abstract void end(S ended);

  /**
   * Gives out something that was made. It is taken before the next rows are read or the split ends,
   * and may be filled anew then.
   */
  protected final void give(T made) {
    given.add(made);
  }

  @Override
  public final boolean hasNext() {
    try {
      while (given.isEmpty() && (reader != null || splits.hasNext())) {
        TaskKill.check();
        step();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return !given.isEmpty();
  }

  @Override
  public final T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return given.remove();
  }

  private void step() throws IOException {
    if (reader == null) {
      split = splits.next();
      reader = RingBufferRecordReader.open(planned.apply(split).split(), conf);
      begin(split);
    }
    if (reader.nextKeyValue()) {
      accept(reader.getCurrentValue());
    } else {
      close();
      end(split);
    }
  }

  @Override
  public final void close() {
    RingBufferRecordReader open = reader;
    reader = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
