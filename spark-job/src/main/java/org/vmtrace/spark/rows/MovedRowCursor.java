package org.vmtrace.spark.rows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.vmtrace.recording.MergedStreams;
import org.vmtrace.recording.MovedThreads;
import org.vmtrace.spark.cluster.TaskKill;
import org.vmtrace.spark.input.RingBufferSplit;
import org.vmtrace.spark.input.TraceOpener;

/**
 * The latencies and windows of the threads of one recording that moved, from its streams merged by
 * time. Not thread-safe.
 */
final class MovedRowCursor implements RowCursor {
  private final MovedRows rows = new MovedRows();
  private final TableBatch batch = new TableBatch();
  private final List<TraceOpener.Opened> files = new ArrayList<>();
  private MovedThreads threads;
  private boolean finished;
  private boolean ready;

  MovedRowCursor(RowWork.Moved work, ReadContext context) throws IOException {
    try {
      List<MergedStreams.Source> sources = new ArrayList<>();
      for (RingBufferSplit split : work.streams()) {
        TraceOpener.Opened opened = TraceOpener.open(split, context.conf());
        files.add(opened);
        sources.add(new MergedStreams.Source(opened.file(), opened.stream()));
      }
      threads =
          new MovedThreads(
              context.rules().get(work.recording()), work.threads(), sources, work.steady(), rows);
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
    batch.of(work.recording(), rows.latencies(), rows.windows());
  }

  @Override
  public boolean hasNext() {
    try {
      while (!ready && !finished) {
        step();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ready;
  }

  private void step() throws IOException {
    TaskKill.check();
    rows.clear();
    while (!rows.isFull() && !finished) {
      finished = !threads.next();
    }
    if (finished) {
      threads.finish();
    }
    ready = !rows.isEmpty();
  }

  @Override
  public TableBatch next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    ready = false;
    return batch;
  }

  @Override
  public void close() throws IOException {
    for (TraceOpener.Opened file : files) {
      file.file().close();
    }
  }
}
