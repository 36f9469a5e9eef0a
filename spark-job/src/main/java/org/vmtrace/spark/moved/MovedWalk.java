package org.vmtrace.spark.moved;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.latency.moved.Gaps;
import org.vmtrace.latency.moved.MovedThread;
import org.vmtrace.latency.split.ThreadResult;
import org.vmtrace.spark.cluster.TaskKill;
import org.vmtrace.spark.rows.MovedRows;
import org.vmtrace.spark.scan.ThreadOrder;
import scala.Tuple2;

/**
 * Walks through the sorted parts of threads that moved, thread by thread. Stops where rows are
 * ready to be taken: when the batch of latencies is full, and at the end of each thread. Not
 * thread-safe.
 */
final class MovedWalk {
  private final Iterator<Tuple2<byte[], byte[]>> parts;
  private final List<AnalysisRules> rules;
  private final MovedRows rows = new MovedRows();
  private Tuple2<byte[], byte[]> next;
  private byte[] key;
  private MovedThread thread;
  private Gaps gaps;
  private ThreadResult result;

  MovedWalk(Iterator<Tuple2<byte[], byte[]>> parts, List<AnalysisRules> rules) {
    this.parts = parts;
    this.rules = rules;
    advance();
  }

  /** Whether there is more to walk through. */
  boolean hasNext() {
    return next != null;
  }

  /** Walks to the next stop. */
  void next() {
    if (next == null) {
      throw new NoSuchElementException();
    }
    TaskKill.check();
    rows.clear();
    result = null;
    if (thread == null) {
      key = next._1();
      gaps = new Gaps();
      thread = new MovedThread(rules.get(recording()), ThreadOrder.thread(key), gaps, rows);
    }
    do {
      MovedPart.feed(next, thread, gaps);
      advance();
    } while (next != null && ThreadOrder.sameThread(key, next._1()) && !rows.isFull());
    if (next == null || !ThreadOrder.sameThread(key, next._1())) {
      result = thread.finish();
      thread = null;
    }
  }

  private void advance() {
    next = parts.hasNext() ? parts.next() : null;
  }

  /** The recording of the thread that the walk is at. */
  int recording() {
    return ThreadOrder.recording(key);
  }

  /** The {@link org.vmtrace.latency.ThreadKey} of the thread that the walk is at. */
  long thread() {
    return ThreadOrder.thread(key);
  }

  /** The result of the thread that has just ended; null where the walk stopped within a thread. */
  ThreadResult result() {
    return result;
  }

  /** The rows since the last stop. */
  MovedRows rows() {
    return rows;
  }
}
