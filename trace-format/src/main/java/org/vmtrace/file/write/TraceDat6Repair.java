package org.vmtrace.file.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.vmtrace.file.LocalInput;
import org.vmtrace.file.TraceFormatException;
import org.vmtrace.file.container.TraceFiles;
import org.vmtrace.file.container.UnfinishedStream;

/**
 * Completes a trace.dat of version 6 whose recorder died before it could write the size of the
 * data, so that programs that know nothing of unfinished files read it, too. The statistics and the
 * names of threads that a recorder writes last stay missing.
 */
public final class TraceDat6Repair {
  private TraceDat6Repair() {}

  /**
   * Repairs a file in place: its size is written, and what lies after the last whole page is cut
   * off. A file that is finished is not touched.
   *
   * @return the whole pages that the file has, if it was unfinished; else -1
   * @throws TraceFormatException if it is no trace.dat of version 6, or its header cannot be read
   * @throws IOException if it cannot be read or written, is a symbolic link, or somebody has locked
   *     it, as a recorder does
   */
  public static long repair(Path file) throws IOException {
    try (LocalInput input = LocalInput.open(file)) {
      if (TraceFiles.unfinished(input) == null) {
        return -1;
      }
    }
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      lock(channel, file);
      // Its recorder may have gone on until now. No second channel: closing it gives up the lock.
      UnfinishedStream stream = TraceFiles.unfinished(LocalInput.of(file, channel));
      return stream == null ? -1 : finish(channel, stream);
    }
  }

  private static void lock(FileChannel channel, Path file) throws IOException {
    if (!WriterLock.take(channel)) {
      throw new FileSystemException(
          file.toString(),
          null,
          "is being written by a vm-trace-collect: repair it if that has not completed it");
    }
  }

  private static long finish(FileChannel channel, UnfinishedStream stream) throws IOException {
    channel.truncate(stream.offset() + stream.bytes());
    ByteBuffer size = ByteBuffer.wrap(new DatBytes(stream.endian()).u64(stream.bytes()).bytes());
    while (size.hasRemaining()) {
      channel.write(size, stream.sizeAt() + size.position());
    }
    return stream.bytes() / stream.pageBytes();
  }
}
