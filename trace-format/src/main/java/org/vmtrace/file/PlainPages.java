package org.vmtrace.file;

import java.io.IOException;
import org.vmtrace.ring.Damage;

/** Pages that lie in the file as they are. */
final class PlainPages extends PageSource {
  private final SeekableInput input;
  private final int pageBytes;
  private final int stepBytes;
  private final long end;
  private long next;

  /** The pages of the stream whose first byte lies in the extent. */
  PlainPages(SeekableInput input, PageStream stream, Extent extent, int blockBytes) {
    this.input = input;
    this.pageBytes = stream.layout().pageBytes();
    long dataEnd = stream.offset() + stream.bytes();
    this.next = pageBorder(stream, extent.start());
    // The last page is read to its end, wherever the range ends.
    this.end = Math.min(pageBorder(stream, extent.end()), dataEnd);
    long most = Math.max(blockBytes / pageBytes, 1) * (long) pageBytes;
    this.stepBytes = (int) Math.max(0, Math.min(most, this.end - next));
    this.block = new byte[stepBytes];
  }

  /** The first page border of the stream at or after a place in the file. */
  private static long pageBorder(PageStream stream, long place) {
    long within = Math.min(Math.max(place - stream.offset(), 0), stream.bytes());
    int page = stream.layout().pageBytes();
    return stream.offset() + (within + page - 1) / page * page;
  }

  @Override
  boolean load() throws IOException {
    if (next >= end) {
      return false;
    }
    position = next;
    int wanted = (int) Math.min(stepBytes, end - next);
    blockBytes = input.readFully(next, block, 0, wanted);
    next += blockBytes;
    damage = blockBytes == 0 ? Damage.PAGE_CUT_SHORT : null;
    if (blockBytes == 0 || blockBytes % pageBytes != 0) {
      // The end of the stream, or the file has become shorter since it was opened.
      next = end;
    }
    return true;
  }

  @Override
  long positionOf(int at) {
    return position + at;
  }
}
