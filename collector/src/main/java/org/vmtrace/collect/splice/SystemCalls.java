package org.vmtrace.collect.splice;

import java.nio.ByteBuffer;

/**
 * The system calls that capturing needs. They return what the kernel returns: a result of 0 or
 * more, or the negated error number ({@link Errno}); they never throw for an error of the kernel.
 * Numbers of flags are those of x86, arm64, riscv, s390 and powerpc
 * (include/uapi/asm-generic/fcntl.h). Thread-safe.
 */
public interface SystemCalls {
  /** {@link #splice}: return instead of sleeping. */
  int SPLICE_NONBLOCK = 2; // include/linux/splice.h, SPLICE_F_NONBLOCK

  /** {@link #splice}: move pages rather than copy them, where that is possible. */
  int SPLICE_MOVE = 1; // SPLICE_F_MOVE

  int OPEN_READ = 0;
  int OPEN_READ_WRITE = 2;
  int OPEN_CREATE = 0100;
  int OPEN_EXCLUSIVE = 0200;
  int OPEN_NONBLOCK = 04000;
  int OPEN_CLOSE_ON_EXEC = 02000000;

  int FCNTL_SET_PIPE_BYTES = 1031; // F_SETPIPE_SZ
  int FCNTL_GET_PIPE_BYTES = 1032; // F_GETPIPE_SZ

  /** open(2); returns a descriptor. */
  int open(String path, int flags, int mode);

  /** close(2). */
  int close(int descriptor);

  /** pipe2(2): the end to read from, then the end to write to. */
  int pipe(int[] ends, int flags);

  /** fcntl(2) with a number. */
  int fcntl(int descriptor, int command, int argument);

  /** splice(2) at the descriptors' own positions; returns the bytes moved. */
  long splice(int from, int to, long bytes, int flags);

  /** read(2) into the start of a direct buffer; returns the bytes read. */
  long read(int descriptor, ByteBuffer into, long bytes);

  /** write(2) of what lies in a direct buffer from {@code offset} on; returns the bytes written. */
  long write(int descriptor, ByteBuffer from, long offset, long bytes);

  /** lseek(2) from the start of the file; returns the new position. */
  long seek(int descriptor, long position);

  /** ftruncate(2). */
  int truncate(int descriptor, long bytes);

  /** eventfd2(2), non-blocking and closed on exec; returns a descriptor. */
  int eventCounter();

  /** epoll_create1(2), closed on exec; returns a descriptor. */
  int epollCreate();

  /** epoll_ctl(2): waits for the descriptor to become readable and then reports the key. */
  int epollAdd(int epoll, int descriptor, int key);

  /**
   * epoll_wait(2).
   *
   * @param ready takes the keys of the descriptors that are readable, as many as fit
   * @param timeoutMs how long to sleep at most, in ms; 0: not at all
   * @return how many keys there are
   */
  int epollWait(int epoll, int[] ready, int timeoutMs);

  /**
   * sched_setaffinity(2).
   *
   * @param thread a thread's id; 0 for the calling one
   * @param mask one bit a CPU, as {@link java.util.BitSet#toLongArray} has them
   */
  int setAffinity(int thread, long[] mask);

  /**
   * setpriority(2) of one thread.
   *
   * @param thread a thread's id; 0 for the calling one
   * @param nice from -20, first to run, to 19
   */
  int setPriority(int thread, int nice);

  /** mount(2) of a file system without a device. */
  int mount(String source, String folder, String type);
}
