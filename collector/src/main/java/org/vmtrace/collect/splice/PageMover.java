package org.vmtrace.collect.splice;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Moves the pages (sub-buffers) of one CPU from the kernel's ring buffer through a pipe to the end
 * of a file, without copying them on the way into the pipe.
 *
 * <p>Only whole sub-buffers are asked for: less is refused by the kernel, and a short read(2) would
 * leave the descriptor at a place that splice refuses from then on. Splice hands out full pages
 * only; the page that the kernel is writing on comes by read(2). The calls that look for pages
 * never sleep; those that write may. One thread moves; others may ask {@link #fileBytes}.
 */
public final class PageMover {
  private final SystemCalls calls;
  private final Descriptor raw;
  private final Pipe pipe;
  private final Descriptor file;
  private final int pageBytes;
  private final long chunkBytes;
  private final ByteBuffer page;
  private final AtomicLong fileBytes = new AtomicLong();

  /**
   * A mover.
   *
   * @param raw {@code per_cpu/cpuN/trace_pipe_raw}, opened non-blocking
   * @param pipe empty; it is empty again after every call that does not fail
   * @param file at its end, not opened for appending
   * @param pageBytes size of a sub-buffer
   */
  public PageMover(SystemCalls calls, Descriptor raw, Pipe pipe, Descriptor file, int pageBytes) {
    this.calls = calls;
    this.raw = raw;
    this.pipe = pipe;
    this.file = file;
    this.pageBytes = pageBytes;
    this.chunkBytes = Math.max(pipe.bytes() / pageBytes, 1) * (long) pageBytes;
    this.page = ByteBuffer.allocateDirect(pageBytes);
  }

  /** Bytes of this CPU that are in the file; whole pages but for what a full disk cut off. */
  public long fileBytes() {
    return fileBytes.get();
  }

  /** Size of a page (sub-buffer). */
  public int pageBytes() {
    return pageBytes;
  }

  /**
   * Moves the full pages that are ready.
   *
   * @param mostBytes stop after so many; less than a page moves nothing
   * @return the bytes moved; 0 if no full page was ready
   * @throws DiskFullException if the file cannot grow; what lies in the pipe is lost
   * @throws KernelException if a call fails
   */
  public long move(long mostBytes) throws KernelException, DiskFullException {
    long moved = 0;
    while (true) {
      long wanted = Math.min(chunkBytes, (mostBytes - moved) / pageBytes * pageBytes);
      if (wanted <= 0) {
        return moved;
      }
      long count = calls.splice(raw.number(), pipe.in(), wanted, SystemCalls.SPLICE_NONBLOCK);
      if (count == -Errno.EINTR) {
        continue;
      }
      // 0 is no end of file, there is none: a full page was announced and is not there.
      if (count == -Errno.EAGAIN || count == 0) {
        return moved;
      }
      check(count, "cannot take pages from the ring buffer");
      empty(count);
      moved += count;
    }
  }

  private void empty(long bytes) throws KernelException, DiskFullException {
    long left = bytes;
    while (left > 0) {
      long count = calls.splice(pipe.out(), file.number(), left, SystemCalls.SPLICE_MOVE);
      if (count == -Errno.EINTR || count == -Errno.EAGAIN) {
        continue;
      }
      checkWrite(count);
      left -= count;
      fileBytes.addAndGet(count);
    }
  }

  /**
   * Moves one page by read(2): also one that is not full yet. The kernel goes on with the rest of
   * that page, which later comes as a page of its own.
   *
   * @return false if there was no event to read
   * @throws DiskFullException if the file cannot grow; the page is lost
   * @throws KernelException if a call fails
   */
  public boolean movePartialPage() throws KernelException, DiskFullException {
    long count;
    do {
      count = calls.read(raw.number(), page, pageBytes);
    } while (count == -Errno.EINTR);
    // 0 instead of EAGAIN: kernel 7.3, or a descriptor that a fork has spoiled.
    if (count == -Errno.EAGAIN || count == 0) {
      return false;
    }
    check(count, "cannot read a page from the ring buffer");
    if (count != pageBytes) {
      throw new KernelException("the ring buffer gave " + count + " bytes of a page", Errno.EIO);
    }
    long done = 0;
    while (done < count) {
      long written = calls.write(file.number(), page, done, count - done);
      if (written == -Errno.EINTR) {
        continue;
      }
      checkWrite(written);
      done += written;
      fileBytes.addAndGet(written);
    }
    return true;
  }

  private static void check(long result, String action) throws KernelException {
    if (result < 0) {
      throw new KernelException(action, (int) -result);
    }
  }

  private static void checkWrite(long result) throws KernelException, DiskFullException {
    if (result < 0 && DiskFullException.isReason((int) -result)) {
      throw new DiskFullException((int) -result);
    }
    // A file that takes nothing and says nothing would make an endless loop.
    check(result == 0 ? -Errno.EIO : result, "cannot write pages to the file");
  }
}
