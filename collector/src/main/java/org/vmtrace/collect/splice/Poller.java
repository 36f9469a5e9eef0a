package org.vmtrace.collect.splice;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Sleeps until one of some files can be read, the time is up, or another thread calls {@link
 * #wake}. One thread waits.
 */
public final class Poller implements AutoCloseable {
  private static final int WOKEN = -1;
  private static final int COUNTER_BYTES = 8;

  private final SystemCalls calls;
  private final Descriptor epoll;
  private final Descriptor wakeOnly;
  private final Descriptor counter;
  private final ByteBuffer one =
      ByteBuffer.allocateDirect(COUNTER_BYTES).order(ByteOrder.nativeOrder()).putLong(0, 1);
  private final ByteBuffer sum = ByteBuffer.allocateDirect(COUNTER_BYTES);
  private final int[] ready = new int[64];

  /**
   * A poller that waits for nothing yet.
   *
   * @throws KernelException if the kernel refuses
   */
  public Poller(SystemCalls calls) throws KernelException {
    this.calls = calls;
    epoll = new Descriptor(calls, KernelException.check(calls.epollCreate(), "cannot poll"));
    wakeOnly = new Descriptor(calls, KernelException.check(calls.epollCreate(), "cannot poll"));
    counter = new Descriptor(calls, KernelException.check(calls.eventCounter(), "cannot poll"));
    KernelException.check(
        calls.epollAdd(epoll.number(), counter.number(), WOKEN), "cannot poll a counter");
    KernelException.check(
        calls.epollAdd(wakeOnly.number(), counter.number(), WOKEN), "cannot poll a counter");
  }

  /** Waits for this file, too. */
  public void add(Descriptor file) throws KernelException {
    KernelException.check(
        calls.epollAdd(epoll.number(), file.number(), file.number()),
        "cannot wait for the ring buffer");
  }

  /**
   * Sleeps.
   *
   * @param timeoutMs for how long at most, in ms
   * @return whether a file can be read
   */
  public boolean await(int timeoutMs) throws KernelException {
    return await(epoll, timeoutMs);
  }

  /**
   * Sleeps, whether files can be read or not.
   *
   * @param timeoutMs for how long at most, in ms
   */
  public void pause(int timeoutMs) throws KernelException {
    boolean unused = await(wakeOnly, timeoutMs);
  }

  private boolean await(Descriptor files, int timeoutMs) throws KernelException {
    int count = calls.epollWait(files.number(), ready, Math.max(timeoutMs, 0));
    if (count == -Errno.EINTR) {
      return false;
    }
    KernelException.check(count, "cannot wait for the ring buffer");
    boolean any = false;
    for (int i = 0; i < count; i++) {
      if (ready[i] == WOKEN) {
        // Sets the counter back to 0.
        long unused = calls.read(counter.number(), sum, COUNTER_BYTES);
      } else {
        any = true;
      }
    }
    return any;
  }

  /** Ends the sleep of the thread that waits, or its next one. Any thread may call it. */
  public void wake() {
    // A counter that cannot grow wakes all the same.
    long unused = calls.write(counter.number(), one, 0, COUNTER_BYTES);
  }

  @Override
  public void close() {
    epoll.close();
    wakeOnly.close();
    counter.close();
  }
}
