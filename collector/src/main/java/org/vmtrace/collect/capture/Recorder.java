package org.vmtrace.collect.capture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.vmtrace.collect.splice.DiskFullException;
import org.vmtrace.collect.splice.KernelException;
import org.vmtrace.collect.splice.PageMover;
import org.vmtrace.collect.splice.Poller;

/**
 * The collecting thread's work: sleeps until a ring buffer has filled to some part, moves its full
 * pages to the file, and at the end drains what is left. It never waits for anybody but the kernel
 * and never turns in circles: a wake-up that gave nothing is followed by a pause.
 */
final class Recorder {
  /** How long pages may lie in the ring buffer although it is far from full. */
  private static final int FLUSH_MS = 250;

  /** After so long without a full page the one that is being written is fetched. */
  private static final long PARTIAL_NS = 1_000_000_000L;

  private static final long LOOK_NS = 1_000_000_000L;
  private static final int PAUSE_MS = 20;
  private static final int NS_PER_MS = 1_000_000;

  /** Moved of one CPU before the next one's turn. */
  private static final long TURN_BYTES = 8L << 20;

  /** Pages of late writers may appear while the buffers are drained. */
  private static final int DRAIN_ROUNDS = 100;

  /** The ring buffers. */
  interface Source {
    /** Begins to record. */
    void start() throws IOException;

    /** Ends recording; what was recorded can still be moved. */
    void stop() throws IOException;

    /** Is asked once a second; null, or why recording must end. */
    StopReason look();

    /** Whether events are left in a buffer. */
    boolean hasEvents() throws IOException;
  }

  /**
   * When to end.
   *
   * @param durationNs after so long, in ns
   * @param maxBytes when the files together have so many bytes of pages
   * @param flushPartialPages whether events should not wait for their page to fill for longer than
   *     a second
   */
  record Limits(long durationNs, long maxBytes, boolean flushPartialPages) {}

  /** One CPU's way into its file. */
  private static final class Stream {
    final PageMover mover;
    long lastMoveNs;

    Stream(PageMover mover) {
      this.mover = mover;
    }
  }

  private final Source source;
  private final Poller poller;
  private final List<Stream> streams = new ArrayList<>();
  private final StopRequest stop;
  private final Limits limits;
  private final Runnable moved;
  private final long onePageEach;
  private final LongSupplier nanoTime;
  private long startNs;
  private long endNs;

  /**
   * A recorder.
   *
   * @param poller waits for the ring buffers of the movers
   * @param stop ends the recording early; told the reason when it ends by itself
   * @param moved is run when there is more in the files; must return at once
   * @param nanoTime a clock in ns that only goes forward
   */
  Recorder(
      Source source,
      Poller poller,
      List<PageMover> movers,
      StopRequest stop,
      Limits limits,
      Runnable moved,
      LongSupplier nanoTime) {
    this.source = source;
    this.poller = poller;
    this.stop = stop;
    this.limits = limits;
    this.moved = moved;
    this.nanoTime = nanoTime;
    movers.forEach(mover -> streams.add(new Stream(mover)));
    onePageEach = movers.stream().mapToLong(PageMover::pageBytes).sum();
  }

  /** How long it recorded, in ns. */
  long elapsedNs() {
    return endNs - startNs;
  }

  /**
   * Records until there is a reason to stop, and drains the buffers.
   *
   * @throws IOException if a call fails that must not; recording has been stopped then
   */
  void record() throws IOException {
    startNs = nanoTime.getAsLong();
    streams.forEach(stream -> stream.lastMoveNs = startNs);
    try {
      source.start();
      try {
        loop();
      } finally {
        endNs = nanoTime.getAsLong();
        source.stop();
      }
      if (!stop.reason().cutShort()) {
        drain();
      }
    } catch (DiskFullException e) {
      stop.because(StopReason.DISK_FULL);
    } finally {
      stop.because(StopReason.FAILED);
      moved.run();
    }
  }

  private void loop() throws IOException {
    long nextLookNs = startNs + LOOK_NS;
    int pauseMs = PAUSE_MS;
    while (stop.reason() == null) {
      long now = nanoTime.getAsLong();
      if (leftNs() <= 0) {
        stop.because(StopReason.TIME);
        return;
      }
      boolean announced = poller.await(atMostMs(FLUSH_MS));
      long bytes = moveFullPages();
      if (announced && bytes == 0) {
        // Kernels before 6.1 do not splice a page that was read in part. And of many of them the
        // first event wakes, not a quarter of a buffer (that came with 5.0 and was mended with
        // commit 42fb0a1e84ff): a quiet CPU would give a page for every few events.
        bytes = movePartialPages(Long.MAX_VALUE);
        poller.pause(atMostMs(pauseMs));
        pauseMs = bytes > 0 ? Math.min(2 * pauseMs, FLUSH_MS) : PAUSE_MS;
      } else {
        pauseMs = bytes > onePageEach ? PAUSE_MS : pauseMs;
        if (limits.flushPartialPages()) {
          bytes += movePartialPages(nanoTime.getAsLong() - PARTIAL_NS);
        }
      }
      if (bytes > 0) {
        moved.run();
      }
      if (roomBytes() <= 0) {
        stop.because(StopReason.SIZE);
      }
      if (now - nextLookNs >= 0) {
        nextLookNs = now + LOOK_NS;
        StopReason reason = source.look();
        if (reason != null) {
          stop.because(reason);
        }
      }
    }
  }

  private long leftNs() {
    return limits.durationNs() - (nanoTime.getAsLong() - startNs);
  }

  /** So long, but no longer than it records. */
  private int atMostMs(int ms) {
    return (int) Math.min(ms, leftNs() / NS_PER_MS + 1);
  }

  /** What the files may still grow by, in bytes; less than a page is as good as nothing. */
  private long roomBytes() {
    long bytes = 0;
    int pageBytes = 1;
    for (Stream stream : streams) {
      bytes += stream.mover.fileBytes();
      pageBytes = stream.mover.pageBytes();
    }
    return limits.maxBytes() - bytes < pageBytes ? 0 : limits.maxBytes() - bytes;
  }

  private long moveFullPages() throws KernelException, DiskFullException {
    long all = 0;
    long round;
    do {
      round = 0;
      for (Stream stream : streams) {
        long bytes = stream.mover.move(Math.min(TURN_BYTES, roomBytes()));
        if (bytes > 0) {
          stream.lastMoveNs = nanoTime.getAsLong();
        }
        round += bytes;
      }
      all += round;
    } while (round >= TURN_BYTES && stop.reason() == null && leftNs() > 0);
    return all;
  }

  /** Fetches a page, perhaps not full, of each CPU that has given none since a time. */
  private long movePartialPages(long sinceNs) throws KernelException, DiskFullException {
    long bytes = 0;
    for (Stream stream : streams) {
      if (stream.lastMoveNs - sinceNs <= 0 && roomBytes() > 0) {
        stream.lastMoveNs = nanoTime.getAsLong();
        bytes += stream.mover.movePartialPage() ? stream.mover.pageBytes() : 0;
      }
    }
    return bytes;
  }

  private void drain() throws IOException {
    int rounds = 0;
    do {
      for (Stream stream : streams) {
        boolean more;
        do {
          more = stream.mover.move(roomBytes()) > 0;
          more |= roomBytes() > 0 && stream.mover.movePartialPage();
        } while (more);
      }
      rounds++;
    } while (roomBytes() > 0 && source.hasEvents() && rounds < DRAIN_ROUNDS);
  }
}
