package org.vmtrace.collect.splice;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The system calls of the Linux that this runs on, through the C library. */
public final class LinuxCalls implements SystemCalls {
  private static final int EVENT_NONBLOCK_CLOEXEC = OPEN_NONBLOCK | OPEN_CLOSE_ON_EXEC;
  private static final int EPOLL_READABLE = 1; // include/uapi/linux/eventpoll.h, EPOLLIN
  private static final int EPOLL_ADD = 1; // EPOLL_CTL_ADD

  /** struct epoll_event is packed on x86-64 only (EPOLL_PACKED). */
  private static final boolean PACKED = System.getProperty("os.arch").equals("amd64");

  private static final int EPOLL_EVENT_BYTES = PACKED ? 12 : 16;
  private static final int EPOLL_DATA_AT = PACKED ? 4 : 8;

  private static final LinuxCalls INSTANCE = new LinuxCalls();

  /** The C library's functions; sizes and offsets are 64-bit, see {@link #load}. */
  private static final class Libc {
    static native int open(String path, int flags, int mode);

    static native int close(int descriptor);

    static native int pipe2(int[] ends, int flags);

    static native int fcntl(int descriptor, int command, int argument);

    static native long splice(
        int from, Pointer fromAt, int to, Pointer toAt, long bytes, int flags);

    static native long read(int descriptor, ByteBuffer into, long bytes);

    static native long write(int descriptor, ByteBuffer from, long bytes);

    static native long lseek(int descriptor, long position, int whence);

    static native int ftruncate(int descriptor, long bytes);

    static native int eventfd(int start, int flags);

    static native int epoll_create1(int flags);

    static native int epoll_ctl(int epoll, int operation, int descriptor, ByteBuffer event);

    static native int epoll_wait(int epoll, ByteBuffer events, int most, int timeoutMs);

    static native int sched_setaffinity(int thread, long bytes, long[] mask);

    static native int setpriority(int which, int thread, int nice);

    static native int mount(String source, String folder, String type, long flags, Pointer data);

    private Libc() {}
  }

  private LinuxCalls() {}

  /**
   * Binds the C library's functions.
   *
   * @throws IOException where that is not possible
   */
  public static SystemCalls load() throws IOException {
    synchronized (INSTANCE) {
      try {
        if (Native.LONG_SIZE != Long.BYTES || Native.SIZE_T_SIZE != Long.BYTES) {
          throw new IOException("capturing needs a 64-bit Linux");
        }
        Native.register(Libc.class, NativeLibrary.getProcess());
      } catch (UnsatisfiedLinkError | NoClassDefFoundError e) {
        throw new IOException(
            "cannot load the native part of JNA ("
                + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
                + "); if /tmp and the home folder are mounted noexec, name another folder with"
                + " JAVA_TOOL_OPTIONS=-Djna.tmpdir=DIR",
            e);
      }
      return INSTANCE;
    }
  }

  /** The call's result, or the negated error number that it left. */
  private static int result(int result) {
    return result >= 0 ? result : -Native.getLastError();
  }

  private static long result(long result) {
    return result >= 0 ? result : -Native.getLastError();
  }

  @Override
  public int open(String path, int flags, int mode) {
    return result(Libc.open(path, flags, mode));
  }

  @Override
  public int close(int descriptor) {
    return result(Libc.close(descriptor));
  }

  @Override
  public int pipe(int[] ends, int flags) {
    return result(Libc.pipe2(ends, flags));
  }

  @Override
  public int fcntl(int descriptor, int command, int argument) {
    return result(Libc.fcntl(descriptor, command, argument));
  }

  @Override
  public long splice(int from, int to, long bytes, int flags) {
    return result(Libc.splice(from, null, to, null, bytes, flags));
  }

  @Override
  public long read(int descriptor, ByteBuffer into, long bytes) {
    checkRoom(into, 0, bytes);
    return result(Libc.read(descriptor, into.clear(), bytes));
  }

  @Override
  public long write(int descriptor, ByteBuffer from, long offset, long bytes) {
    checkRoom(from, offset, bytes);
    ByteBuffer part = from.duplicate().position((int) offset).slice();
    return result(Libc.write(descriptor, part, bytes));
  }

  private static void checkRoom(ByteBuffer buffer, long offset, long bytes) {
    if (!buffer.isDirect() || offset < 0 || bytes < 0 || offset + bytes > buffer.capacity()) {
      throw new IllegalArgumentException(
          bytes + " bytes at " + offset + " of a buffer of " + buffer.capacity());
    }
  }

  @Override
  public long seek(int descriptor, long position) {
    return result(Libc.lseek(descriptor, position, 0));
  }

  @Override
  public int truncate(int descriptor, long bytes) {
    return result(Libc.ftruncate(descriptor, bytes));
  }

  @Override
  public int eventCounter() {
    return result(Libc.eventfd(0, EVENT_NONBLOCK_CLOEXEC));
  }

  @Override
  public int epollCreate() {
    return result(Libc.epoll_create1(OPEN_CLOSE_ON_EXEC));
  }

  @Override
  public int epollAdd(int epoll, int descriptor, int key) {
    ByteBuffer event = events(1).putInt(0, EPOLL_READABLE).putInt(EPOLL_DATA_AT, key);
    return result(Libc.epoll_ctl(epoll, EPOLL_ADD, descriptor, event));
  }

  @Override
  public int epollWait(int epoll, int[] ready, int timeoutMs) {
    ByteBuffer events = events(ready.length);
    int count = result(Libc.epoll_wait(epoll, events, ready.length, timeoutMs));
    for (int i = 0; i < count; i++) {
      ready[i] = events.getInt(i * EPOLL_EVENT_BYTES + EPOLL_DATA_AT);
    }
    return count;
  }

  private static ByteBuffer events(int count) {
    return ByteBuffer.allocateDirect(count * EPOLL_EVENT_BYTES).order(ByteOrder.nativeOrder());
  }

  @Override
  public int setAffinity(int thread, long[] mask) {
    return result(Libc.sched_setaffinity(thread, (long) mask.length * Long.BYTES, mask));
  }

  @Override
  public int setPriority(int thread, int nice) {
    // PRIO_PROCESS, which on Linux means one thread.
    return result(Libc.setpriority(0, thread, nice));
  }

  @Override
  public int mount(String source, String folder, String type) {
    return result(Libc.mount(source, folder, type, 0, null));
  }
}
