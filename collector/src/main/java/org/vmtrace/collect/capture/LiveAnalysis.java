package org.vmtrace.collect.capture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.vmtrace.event.EventSchema;
import org.vmtrace.file.SeekableInput;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.latency.ThreadKey;
import org.vmtrace.latency.split.SplitAnalyzer;
import org.vmtrace.latency.split.StreamResult;
import org.vmtrace.latency.tally.Glance;
import org.vmtrace.recording.MovedKeys;
import org.vmtrace.ring.EventBatch;
import org.vmtrace.ring.PageLayout;
import org.vmtrace.ring.RecordCursor;

/**
 * Analyses the pages of a recording while they arrive, in a thread of its own that reads the files
 * behind the one that writes them. Nobody waits for it before {@link #results}: if it falls behind,
 * the files hold what it has to catch up with. Memory: one block of pages, one batch, and what is
 * counted.
 */
final class LiveAnalysis {
  private static final int BLOCK_BYTES = 256 << 10;

  /** Also without being woken it looks after new pages so often. */
  private static final long SLEEP_NS = 200_000_000L;

  /**
   * A CPU's pages on their way into a file.
   *
   * @param input the file
   * @param offset where the pages begin in it
   * @param bytes how many bytes there are so far
   */
  record Source(int cpu, SeekableInput input, long offset, LongSupplier bytes) {}

  private final List<Reader> readers = new ArrayList<>();
  private final PageLayout layout;
  private final LongConsumer longestBusy;
  private final byte[] block;
  private final EventBatch batch = new EventBatch();
  private final Thread thread;
  private volatile boolean ended;
  private volatile LiveNumbers numbers = LiveNumbers.NONE;
  private Throwable failure;

  /**
   * Begins.
   *
   * @param rules what to compute
   * @param longestBusy is told the longest latency so far whose reason is not idle, 0 where there
   *     is none, whenever there are new pages and a few times a second
   * @param failed is run if it fails, at once; the recording is not concerned
   * @param beforehand is run by the analysing thread first
   */
  LiveAnalysis(
      List<Source> sources,
      EventSchema schema,
      PageLayout layout,
      AnalysisRules rules,
      LongConsumer longestBusy,
      Runnable failed,
      Runnable beforehand) {
    this.layout = layout;
    this.longestBusy = longestBusy;
    this.block = new byte[Math.max(BLOCK_BYTES / layout.pageBytes(), 1) * layout.pageBytes()];
    for (Source source : sources) {
      RecordCursor cursor = new RecordCursor(layout, schema.fields());
      readers.add(new Reader(source, cursor, new SplitAnalyzer(rules, source.cpu())));
    }
    this.thread =
        new Thread(
            () -> {
              try {
                beforehand.run();
                run();
              } catch (Throwable e) {
                // Whoever waits for the results is told. The recording goes on and needs the
                // memory.
                failure = e;
                readers.clear();
                failed.run();
              }
            },
            "vm-trace-analysis");
    thread.setDaemon(true);
    thread.start();
  }

  /** Says that there is more to read. Never waits. */
  void wake() {
    LockSupport.unpark(thread);
  }

  /** Says that nothing more comes. */
  void end() {
    ended = true;
    wake();
  }

  /** What is known so far; from any thread. */
  LiveNumbers numbers() {
    return numbers;
  }

  /**
   * The results, by the order of the sources, once everything was read; {@link #end} must have been
   * called. They are given once.
   *
   * @throws IOException if that failed; the files are not concerned
   */
  List<StreamResult> results() throws IOException {
    join();
    if (failure != null) {
      throw new IOException(
          failure instanceof OutOfMemoryError
              ? "there is not enough memory for the analysis: give the JVM more with -Xmx, or use"
                  + " --no-analysis"
              : "the analysis failed: "
                  + (failure instanceof IOException ? failure.getMessage() : failure),
          failure);
    }
    List<StreamResult> results = new ArrayList<>();
    for (Reader reader : readers) {
      results.add(reader.analyzer.finishStream());
    }
    // What only the work needed goes before the summary is made.
    readers.clear();
    return results;
  }

  /** The threads that have been seen so far; once everything was read. */
  Set<Integer> threads() {
    join();
    Set<Integer> threads = new HashSet<>();
    for (Reader reader : readers) {
      for (long key : reader.analyzer.threadsSoFar()) {
        threads.add(ThreadKey.pid(key));
      }
    }
    return threads;
  }

  private void join() {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() throws IOException {
    boolean last;
    boolean any;
    do {
      // In this order: what was written before the end must be read.
      last = ended;
      any = readRound();
      if (any) {
        publish();
      }
      longestBusy.accept(numbers.latencies().longestBusy());
      if (!any && !last) {
        LockSupport.parkNanos(this, SLEEP_NS);
      }
    } while (any || !last);
  }

  /** Reads the next block of every CPU; false if there was nothing. */
  private boolean readRound() throws IOException {
    boolean any = false;
    for (Reader reader : readers) {
      any |= reader.readBlock();
    }
    return any;
  }

  private void publish() {
    long events = 0;
    long lost = 0;
    Set<Long> moved = movedThreads();
    Glance glance = Glance.NOTHING;
    for (Reader reader : readers) {
      events += reader.events;
      lost += reader.lost;
      glance = glance.plus(reader.analyzer.soFar().glance(moved));
    }
    numbers = new LiveNumbers(events, lost, glance);
  }

  /** The threads on several CPUs: between two events on one they were on another. */
  private Set<Long> movedThreads() {
    return readers.size() > 1
        ? MovedKeys.of(readers.stream().map(reader -> reader.analyzer.threadsSoFar()).toList())
        : Set.of();
  }

  /** One CPU's pages. */
  private final class Reader {
    final Source source;
    final RecordCursor cursor;
    final SplitAnalyzer analyzer;
    long done;
    long events;
    long lost;

    Reader(Source source, RecordCursor cursor, SplitAnalyzer analyzer) {
      this.source = source;
      this.cursor = cursor;
      this.analyzer = analyzer;
    }

    /** Analyses the next whole pages, as many as fit into the block; false if there are none. */
    boolean readBlock() throws IOException {
      long there = Math.min(source.bytes().getAsLong() - done, block.length);
      int length = (int) (there / layout.pageBytes() * layout.pageBytes());
      if (length <= 0) {
        return false;
      }
      long position = source.offset() + done;
      if (source.input().readFully(position, block, 0, length) != length) {
        throw new IOException(source.input().name() + " has become shorter while it was read");
      }
      batch.clear(source.cpu());
      for (int at = 0; at < length; at += layout.pageBytes()) {
        cursor.open(block, at, layout.pageBytes(), position + at);
        boolean known = false;
        boolean finished;
        do {
          int first = batch.size();
          finished = cursor.fill(batch);
          if (!known && batch.size() > first) {
            known = true;
            page(first);
          }
          if (!finished) {
            accept();
          }
        } while (!finished);
      }
      accept();
      done += length;
      return true;
    }

    /** Looks at the row that a page begins with; one that cannot be opened has none. */
    private void page(int row) {
      if (batch.kind(row) == EventBatch.PAGE) {
        events--;
        if ((batch.flags(row) & EventBatch.LOST) != 0) {
          // A loss of unknown size is at least one event.
          lost += Math.max(1, batch.code(row));
        }
      }
    }

    private void accept() {
      events += batch.size();
      analyzer.accept(batch);
      batch.clear(source.cpu());
    }
  }
}
