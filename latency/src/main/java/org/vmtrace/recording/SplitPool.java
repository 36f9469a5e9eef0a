package org.vmtrace.recording;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
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
 * Scans splits with several threads and joins those of each stream in order. A few are on the way
 * at any time, of one stream or of several: many streams are short. To be used by one thread.
 */
final class SplitPool implements Closeable {
  private final int threads;
  private final long splitBytes;
  private final LocalAnalysis.Progress progress;
  private final ExecutorService workers;
  private final Queue<OnTheWay> onTheWay = new ArrayDeque<>();

  /** A split that is being scanned. */
  private record OnTheWay(Scan scan, Future<SplitAnalysis> split) {}

  /** A stream whose splits have been handed to the threads. */
  final class Scan {
    private final StreamJoin join;
    private int missing;

    private Scan(AnalysisRules rules, int cpu) {
      join = new StreamJoin(rules, cpu);
    }

    /** Whether all splits have been joined. */
    boolean isJoined() {
      return missing == 0;
    }

    /** The stream's result, which is waited for; to be asked for once. */
    StreamResult result() throws IOException {
      while (!isJoined()) {
        joinOldest();
      }
      return join.close();
    }
  }

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

  /**
   * Hands the splits of a stream to the threads, and joins what was begun before where too much is
   * on the way.
   *
   * @param file stays open until the scan is joined
   */
  Scan begin(TraceFile file, PageStream stream, AnalysisRules rules) throws IOException {
    Scan scan = new Scan(rules, stream.cpu());
    for (Extent extent : stream.extents(file.input(), splitBytes)) {
      if (onTheWay.size() == 2 * threads) {
        joinOldest();
      }
      scan.missing++;
      onTheWay.add(new OnTheWay(scan, workers.submit(() -> scan(file, stream, extent, rules))));
    }
    return scan;
  }

  private void joinOldest() throws IOException {
    OnTheWay oldest = onTheWay.remove();
    oldest.scan().join.add(await(oldest.split()));
    oldest.scan().missing--;
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
