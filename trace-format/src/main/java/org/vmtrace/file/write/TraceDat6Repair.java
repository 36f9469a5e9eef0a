package org.vmtrace.file.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
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
   * @throws IOException if it cannot be read or written, or is a symbolic link
   */
  public static long repair(Path file) throws IOException {
    UnfinishedStream stream;
    try (LocalInput input = LocalInput.open(file)) {
      stream = TraceFiles.unfinished(input);
    }
    if (stream == null) {
      return -1;
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      channel.truncate(stream.offset() + stream.bytes());
      ByteBuffer size = ByteBuffer.wrap(new DatBytes(stream.endian()).u64(stream.bytes()).bytes());
      while (size.hasRemaining()) {
        channel.write(size, stream.sizeAt() + size.position());
      }
    }
    return stream.bytes() / stream.pageBytes();
  }
}
