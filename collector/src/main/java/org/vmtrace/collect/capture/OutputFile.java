package org.vmtrace.collect.capture;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.vmtrace.collect.splice.Descriptor;
import org.vmtrace.collect.splice.KernelException;
import org.vmtrace.collect.splice.SystemCalls;
import org.vmtrace.file.write.WriterLock;

/**
 * A new file of the owner alone, which the kernel writes pages into by its descriptor and we write
 * the rest of by its channel. What was there under its name is replaced: a file of somebody else,
 * or one that a link leads to, is never written into.
 *
 * <p>The file is locked while it is open (fcntl(2), for all processes of this host that ask; file
 * systems without locks do without), so that no other collector replaces it. Whoever replaces a
 * file holds its lock until the new one has its own.
 */
final class OutputFile implements AutoCloseable {
  private static final int OWNER_ONLY = 0600;

  private final SystemCalls calls;
  private final Path path;
  private final Descriptor descriptor;
  private final FileChannel channel;

  private OutputFile(SystemCalls calls, Path path, Descriptor descriptor, FileChannel channel) {
    this.calls = calls;
    this.path = path;
    this.descriptor = descriptor;
    this.channel = channel;
  }

  /**
   * Makes a file.
   *
   * @throws IOException if it cannot be made, or its name belongs to something that is not replaced
   */
  static OutputFile create(SystemCalls calls, Path path) throws IOException {
    try (FileChannel old = lockReplaceable(path)) {
      if (old != null) {
        Files.deleteIfExists(path);
      }
      return createNew(calls, path);
    }
  }

  /**
   * Makes a file where there is none.
   *
   * @throws IOException if it cannot be made, or something has its name
   */
  static OutputFile createNew(SystemCalls calls, Path path) throws IOException {
    // A link that somebody puts there in the meantime makes this fail: it must be a new file.
    int flags = SystemCalls.OPEN_READ_WRITE | SystemCalls.OPEN_CREATE | SystemCalls.OPEN_EXCLUSIVE;
    Descriptor descriptor = Descriptor.open(calls, path.toString(), flags, OWNER_ONLY);
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(opened(descriptor), StandardOpenOption.READ, StandardOpenOption.WRITE);
      lock(channel, path);
      return new OutputFile(calls, path, descriptor, channel);
    } catch (IOException e) {
      descriptor.close();
      if (channel != null) {
        channel.close();
      }
      throw e;
    }
  }

  /** Leads to the file itself, whatever has become of its name. */
  private static Path opened(Descriptor descriptor) {
    return Path.of("/proc/self/fd/" + descriptor.number());
  }

  /**
   * Checks whether a file of that name may be replaced.
   *
   * @throws FileSystemException if not
   */
  static void requireReplaceable(Path path) throws IOException {
    FileChannel there = lockReplaceable(path);
    if (there != null) {
      there.close();
    }
  }

  /** The file of that name, locked until it is closed; null if there is none. */
  private static FileChannel lockReplaceable(Path path) throws IOException {
    BasicFileAttributes there;
    try {
      there = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return null;
    }
    if (there.isSymbolicLink()) {
      throw new FileSystemException(
          path.toString(), null, "is a symbolic link, which is not written through; name a file");
    }
    if (!there.isRegularFile()) {
      throw new FileSystemException(path.toString(), null, "is no ordinary file; name another");
    }
    FileChannel channel;
    try {
      channel = FileChannel.open(path, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      throw beingWritten(path);
    }
    try {
      lock(channel, path);
      // Another may have replaced it before the lock was ours.
      if (!there.fileKey().equals(key(path))) {
        throw beingWritten(path);
      }
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static void lock(FileChannel channel, Path path) throws IOException {
    if (!WriterLock.take(channel)) {
      throw beingWritten(path);
    }
  }

  private static FileSystemException beingWritten(Path path) {
    return new FileSystemException(
        path.toString(),
        null,
        "is being written by another vm-trace-collect: give another name with -o");
  }

  /** What tells a file from all others; null if there is none of that name. */
  private static Object key(Path path) throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .fileKey();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** The name that it was made by. */
  Path path() {
    return path;
  }

  /** For the kernel to write pages at its position. */
  Descriptor descriptor() {
    return descriptor;
  }

  /** For reading and writing anywhere. */
  FileChannel channel() {
    return channel;
  }

  /** Puts the descriptor's position. */
  void seek(long position) throws KernelException {
    long result = calls.seek(descriptor.number(), position);
    if (result < 0) {
      throw new KernelException("cannot seek in " + path, (int) -result);
    }
  }

  /** Whether its name still leads to it: others may have moved, removed or replaced it. */
  boolean hasItsName() throws IOException {
    Object own = Files.readAttributes(opened(descriptor), BasicFileAttributes.class).fileKey();
    return own.equals(key(path));
  }

  /** Removes the file, if its name still leads to it, and closes it. */
  void discard() throws IOException {
    try {
      if (hasItsName()) {
        Files.delete(path);
      }
    } finally {
      close();
    }
  }

  @Override
  public void close() throws IOException {
    descriptor.close();
    channel.close();
  }
}
