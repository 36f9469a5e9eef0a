package org.vmtrace.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.vmtrace.latency.Latency;
import org.vmtrace.latency.LatencyBatch;
import org.vmtrace.latency.MovedThread;
import org.vmtrace.latency.Tumble;
import org.vmtrace.latency.WindowBatch;
import org.vmtrace.recording.MergedStreams;
import org.vmtrace.recording.MovedThreads;
import org.vmtrace.spark.input.RingBufferSplit;
import org.vmtrace.spark.input.TraceOpener;

/**
 * The latencies and windows of the threads of one recording that moved, from its streams merged by
 * time. Not thread-safe.
 */
final class MovedRowCursor implements RowCursor, MovedThread.Rows {
  private static final int ROWS = 4096;

  private final LatencyBatch latencies = new LatencyBatch(ROWS);
  private final WindowBatch windows = new WindowBatch();
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
              context.rules().get(work.recording()), work.threads(), sources, work.steady(), this);
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
    batch.of(work.recording(), latencies, windows);
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
    Kill.check();
    latencies.clear();
    windows.clear();
    while (latencies.size() < latencies.capacity() && !finished) {
      finished = !threads.next();
    }
    if (finished) {
      threads.finish();
    }
    ready = latencies.size() > 0 || windows.size() > 0;
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
  public void latency(Latency latency, boolean idle) {
    latencies.add(latency, idle);
  }

  @Override
  public void window(int pid, Tumble window) {
    windows.add(pid, window);
  }

  @Override
  public void close() throws IOException {
    if (threads != null) {
      threads.close();
    }
    for (TraceOpener.Opened file : files) {
      file.file().close();
    }
  }
}
