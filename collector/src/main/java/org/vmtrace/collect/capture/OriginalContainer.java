package org.vmtrace.collect.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Map;
import org.vmtrace.file.container.OriginalFile;
import org.vmtrace.ring.EventFields;

/** Writes the file of the original vm-trace, see {@link OriginalFile}. */
final class OriginalContainer implements Container {
  /** The one size of page that its readers know. */
  static final int PAGE_BYTES = 4096;

  private static final int MAX_ID = 0xffff;

  /** Writes the header into an empty file. */
  OriginalContainer(FileChannel channel, EventFields fields) throws IOException {
    ByteBuffer header =
        ByteBuffer.allocate(OriginalFile.HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt((int) OriginalFile.MAGIC).putShort((short) fields.entry().eventId());
    header.putShort((short) fields.exit().eventId()).flip();
    while (header.hasRemaining()) {
      channel.write(header, header.position());
    }
  }

  /**
   * Checks whether the format can hold such a recording.
   *
   * @throws IllegalArgumentException if not; the message is one sentence
   */
  static void requirePossible(int pageBytes, EventFields fields, ByteOrder order) {
    if (pageBytes != PAGE_BYTES
        || order != ByteOrder.LITTLE_ENDIAN
        || fields.exit().eventId() > MAX_ID
        || fields.entry().eventId() > MAX_ID) {
      throw new IllegalArgumentException(
          "--original-format holds only little-endian pages of 4096 bytes and event ids up to"
              + " 65535; leave it out, or --subbuf-size");
    }
  }

  @Override
  public long dataOffset() {
    return OriginalFile.HEADER_BYTES;
  }

  @Override
  public void finish(long bytes) {
    // The pages end with the file.
  }

  @Override
  public void describe(String stats, Map<Integer, String> comms) {
    // It has no place for any of them.
  }
}
