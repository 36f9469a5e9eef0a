package org.vmtrace.file.write;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;

/** Keeps a file for the one who writes it, in this process or any other of this host. */
public final class WriterLock {
  private WriterLock() {}

  /**
   * Takes the lock, which is held until a channel of this process to the file is closed. A file
   * system without locks lets everybody have it.
   *
   * @param channel open for writing
   * @return false if somebody else holds it
   */
  public static boolean take(FileChannel channel) {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // this process holds it
    } catch (IOException e) {
      return true; // a file system without locks
    }
  }
}
