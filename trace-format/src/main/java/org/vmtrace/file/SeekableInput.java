package org.vmtrace.file;

import java.io.Closeable;
import java.io.IOException;

/**
 * A file that is read by position, so that a local file and a distributed one serve alike.
 * Implementations are safe for reads from several threads at once.
 */
public interface SeekableInput extends Closeable {
  /** The file's path or address, for messages and for the CPU in the name of bare page files. */
  String name();

  /** Length in bytes. */
  long length() throws IOException;

  /**
   * Reads some bytes, as {@link java.io.InputStream#read(byte[], int, int)} does.
   *
   * @param position offset in the file, from 0
   * @return the number of bytes read, at least 1 unless {@code length} is 0; -1 at the end
   */
  int read(long position, byte[] buffer, int offset, int length) throws IOException;

  /**
   * Reads as many bytes as there are, up to {@code length}.
   *
   * @return the number of bytes read; fewer than {@code length} only where the file ends
   */
  default int readFully(long position, byte[] buffer, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      int count = read(position + done, buffer, offset + done, length - done);
      if (count < 0) {
        break;
      }
      if (count == 0) {
        throw new IOException(name() + ": reading at byte " + (position + done) + " gave nothing");
      }
      done += count;
    }
    return done;
  }
}
