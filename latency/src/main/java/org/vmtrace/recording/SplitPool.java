package org.vmtrace.recording;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.vmtrace.file.Extent;
import org.vmtrace.file.PageStream;
import org.vmtrace.file.StreamReader;
import org.vmtrace.file.TraceFile;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.latency.split.SplitAnalysis;
import org.vmtrace.latency.split.SplitAnalyzer;
import org.vmtrace.latency.split.StreamJoin;
import org.vmtrace.latency.split.StreamResult;
import org.vmtrace.ring.EventBatch;

/**
 * Scans the splits of a stream with several threads and joins them in order; a few are on the way
 * at any time.
 */
final class SplitPool implements Closeable {
  private final int threads;
  private final long splitBytes;
  private final LocalAnalysis.Progress progress;
  private final ExecutorService workers;

  SplitPool(int threads, long splitBytes, LocalAnalysis.Progress progress) {
    this.threads = threads;
    this.splitBytes = splitBytes;
    this.progress = progress;
    this.workers =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "vm-trace-scan");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** The result of a whole stream. */
  StreamResult scan(TraceFile file, PageStream stream, AnalysisRules rules) throws IOException {
    List<Extent> extents = stream.extents(file.input(), splitBytes);
    StreamJoin join = new StreamJoin(rules, stream.cpu());
    Queue<Future<SplitAnalysis>> onTheWay = new ArrayDeque<>();
    for (Extent extent : extents) {
      if (onTheWay.size() == 2 * threads) {
        join.add(await(onTheWay.remove()));
      }
      onTheWay.add(workers.submit(() -> scan(file, stream, extent, rules)));
    }
    while (!onTheWay.isEmpty()) {
      join.add(await(onTheWay.remove()));
    }
    return join.close();
  }

  private SplitAnalysis scan(TraceFile file, PageStream stream, Extent extent, AnalysisRules rules)
      throws IOException {
    SplitAnalyzer analyzer = new SplitAnalyzer(rules, stream.cpu());
    EventBatch batch = new EventBatch();
    StreamReader reader = new StreamReader(file, stream, extent);
    while (reader.next(batch)) {
      analyzer.accept(batch);
    }
    progress.advanced(extent.end() - extent.start());
    return analyzer.finish();
  }

  private static SplitAnalysis await(Future<SplitAnalysis> split) throws IOException {
    try {
      return split.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}
