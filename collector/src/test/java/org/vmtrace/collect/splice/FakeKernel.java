package org.vmtrace.collect.splice;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * A kernel with one ring buffer, one pipe and one file, which does all that a real one may do to a
 * caller: few bytes at a time, interruptions, nothing although something was announced, a full
 * disk. What it refuses, it refuses for the reasons that were seen of Linux 6.18: less than a page,
 * a position within a page.
 */
public final class FakeKernel implements SystemCalls {
  public static final int RAW = 10;
  static final int PIPE_OUT = 11;
  static final int PIPE_IN = 12;
  public static final int FILE = 13;
  private static final int COUNTER = 14;
  private static final int EPOLL = 15;

  private final Random random;
  private final int pageBytes;
  private final int pipeSlots;

  /** The full pages that nobody has taken yet. */
  private final Deque<byte[]> full = new ArrayDeque<>();

  /** The pages in the pipe, the first perhaps without its beginning. */
  private final Deque<ByteBuffer> pipe = new ArrayDeque<>();

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();

  /** The page that the kernel is writing on. */
  private byte[] partial;

  private long diskBytes = Long.MAX_VALUE;
  private int rawErrno;

  /** How often of 100 calls a disturbance happens. */
  private int disturbances = 40;

  private boolean pipeMayBeEnlarged = true;
  private IntPredicate sleep = timeoutMs -> false;
  private IntConsumer pause;

  /** What the poller waits for: all of it, or only to be woken. */
  private int epolls;

  private boolean woken;

  public FakeKernel(long seed, int pageBytes, int pipeSlots) {
    this.random = new Random(seed);
    this.pageBytes = pageBytes;
    this.pipeSlots = pipeSlots;
  }

  public FakeKernel withDisturbances(int percent) {
    disturbances = percent;
    return this;
  }

  public FakeKernel withDisk(long bytes) {
    diskBytes = bytes;
    return this;
  }

  FakeKernel withSmallPipe() {
    pipeMayBeEnlarged = false;
    return this;
  }

  public FakeKernel withRawError(int errno) {
    rawErrno = errno;
    return this;
  }

  /**
   * What happens when somebody waits.
   *
   * @param sleep takes the timeout in ms; returns whether the ring buffer is announced
   */
  public FakeKernel withSleep(IntPredicate sleep) {
    this.sleep = sleep;
    return this;
  }

  /** What happens while somebody pauses, whether there are pages or not; else it is a sleep. */
  public FakeKernel withPause(IntConsumer during) {
    this.pause = during;
    return this;
  }

  /** The kernel writes a page full of random bytes. */
  public byte[] producePage() {
    byte[] page = new byte[pageBytes];
    random.nextBytes(page);
    full.add(page);
    return page;
  }

  /** The kernel begins a page. */
  public byte[] producePartialPage() {
    partial = new byte[pageBytes];
    random.nextBytes(partial);
    return partial;
  }

  public byte[] file() {
    return file.toByteArray();
  }

  public boolean isDrained() {
    return full.isEmpty() && partial == null;
  }

  boolean pipeIsEmpty() {
    return pipe.isEmpty();
  }

  private boolean disturbed() {
    return random.nextInt(100) < disturbances;
  }

  @Override
  public long splice(int from, int to, long bytes, int flags) {
    if (from == RAW && to == PIPE_IN) {
      return fromRing(bytes, flags);
    }
    if (from == PIPE_OUT && to == FILE) {
      return toFile(bytes);
    }
    return -Errno.EBADF;
  }

  private long fromRing(long bytes, int flags) {
    if (rawErrno != 0) {
      return -rawErrno;
    }
    if (bytes < pageBytes) {
      return -Errno.EINVAL;
    }
    if ((flags & SPLICE_NONBLOCK) == 0) {
      throw new AssertionError("this call would sleep");
    }
    if (disturbed()) {
      return new long[] {-Errno.EINTR, -Errno.EAGAIN, 0}[random.nextInt(3)];
    }
    long pages = Math.min(bytes / pageBytes, Math.min(full.size(), pipeSlots - pipe.size()));
    if (pages == 0) {
      return -Errno.EAGAIN;
    }
    if (disturbed()) {
      pages = 1L + random.nextInt((int) pages);
    }
    for (long i = 0; i < pages; i++) {
      pipe.add(ByteBuffer.wrap(full.remove()));
    }
    return pages * pageBytes;
  }

  private long toFile(long bytes) {
    if (pipe.isEmpty()) {
      throw new AssertionError("this call would sleep");
    }
    if (disturbed()) {
      return -Errno.EINTR;
    }
    long most = Math.min(bytes, diskBytes - file.size());
    if (most <= 0) {
      return -Errno.ENOSPC;
    }
    if (disturbed()) {
      most = 1L + random.nextInt((int) Math.min(most, Integer.MAX_VALUE));
    }
    long moved = 0;
    while (moved < most && !pipe.isEmpty()) {
      ByteBuffer page = pipe.peek();
      int count = (int) Math.min(page.remaining(), most - moved);
      byte[] part = new byte[count];
      page.get(part);
      file.write(part, 0, count);
      moved += count;
      if (!page.hasRemaining()) {
        pipe.remove();
      }
    }
    return moved;
  }

  @Override
  public long read(int descriptor, ByteBuffer into, long bytes) {
    if (descriptor == COUNTER) {
      woken = false;
      return bytes;
    }
    if (descriptor != RAW || bytes != pageBytes) {
      throw new AssertionError("a read of " + bytes + " bytes spoils the position");
    }
    if (disturbed()) {
      return -Errno.EINTR;
    }
    byte[] page = full.isEmpty() ? partial : full.remove();
    if (page == null) {
      return random.nextBoolean() ? -Errno.EAGAIN : 0;
    }
    partial = page == partial ? null : partial;
    into.put(0, page);
    return pageBytes;
  }

  @Override
  public long write(int descriptor, ByteBuffer from, long offset, long bytes) {
    if (descriptor == COUNTER) {
      woken = true;
      return bytes;
    }
    if (disturbed()) {
      return -Errno.EINTR;
    }
    int most = (int) Math.min(bytes, diskBytes - file.size());
    if (most <= 0) {
      return -Errno.ENOSPC;
    }
    int count = disturbed() ? 1 + random.nextInt(most) : most;
    byte[] part = new byte[count];
    from.get((int) offset, part);
    file.write(part, 0, count);
    return count;
  }

  @Override
  public int pipe(int[] ends, int flags) {
    ends[0] = PIPE_OUT;
    ends[1] = PIPE_IN;
    return 0;
  }

  @Override
  public int fcntl(int descriptor, int command, int argument) {
    return command == FCNTL_SET_PIPE_BYTES && !pipeMayBeEnlarged ? -Errno.EPERM : pipeSlots * 4096;
  }

  @Override
  public int close(int descriptor) {
    return 0;
  }

  @Override
  public int open(String path, int flags, int mode) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long seek(int descriptor, long position) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int truncate(int descriptor, long bytes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int eventCounter() {
    return COUNTER;
  }

  @Override
  public int epollCreate() {
    return EPOLL + epolls++;
  }

  @Override
  public int epollAdd(int epoll, int descriptor, int key) {
    return 0;
  }

  @Override
  public int epollWait(int epoll, int[] ready, int timeoutMs) {
    if (pause != null && epoll != EPOLL && !woken) {
      pause.accept(timeoutMs);
      return 0;
    }
    boolean announced = !woken && sleep.test(timeoutMs) && epoll == EPOLL;
    ready[0] = woken ? -1 : RAW;
    return woken || announced ? 1 : 0;
  }

  @Override
  public int setAffinity(int thread, long[] mask) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int setPriority(int thread, int nice) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int mount(String source, String folder, String type) {
    throw new UnsupportedOperationException();
  }
}
