package org.vmtrace.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.vmtrace.ring.PageLayout;

/**
 * The pages of one CPU of one buffer, in the order in which the kernel gave them.
 *
 * @param index the stream's number in its file, from 0, whichever buffers were asked for
 * @param buffer name of the buffer (instance), empty for the top one
 * @param cpu number of the CPU
 * @param layout what its pages look like
 * @param clock the clock of its time stamps, empty if unknown
 * @param offset where its data begins in the file, in bytes
 * @param bytes bytes of data that the file has of it; for chunks it is what the file says, which
 *     may leave out a few bytes: the chunks themselves tell where they end
 * @param compression how the data is packed
 * @param cut whether the file was cut short, so that events behind what it has of the stream are
 *     missing
 */
public record PageStream(
    int index,
    String buffer,
    int cpu,
    PageLayout layout,
    String clock,
    long offset,
    long bytes,
    Compression compression,
    boolean cut) {
  /** Whether the data is packed in chunks, which are then the smallest unit of parallel work. */
  public boolean isChunked() {
    return compression != Compression.NONE;
  }

  /** All of the stream. */
  public Extent whole() {
    return new Extent(
        offset, isChunked() ? Long.MAX_VALUE : offset + bytes, isChunked() ? 0 : Extent.UNKNOWN);
  }

  /**
   * Cuts the stream into runs of about {@code targetBytes} of the file, on page or chunk borders;
   * together they hold every page once. A stream that was cut has a last run, even if it is empty.
   *
   * @param input the file; for chunks their headers are read from it, 8 bytes each
   * @param targetBytes at least 1; rounded up to whole pages or chunks
   */
  public List<Extent> extents(SeekableInput input, long targetBytes) throws IOException {
    if (targetBytes < 1) {
      throw new IllegalArgumentException("a run of " + targetBytes + " bytes");
    }
    return isChunked() ? chunkExtents(input, targetBytes) : pageExtents(targetBytes);
  }

  private List<Extent> pageExtents(long targetBytes) {
    long page = layout.pageBytes();
    long pages = targetBytes / page + (targetBytes % page == 0 ? 0 : 1);
    long step = Math.min(pages, bytes / page + 1) * page;
    List<Extent> extents = new ArrayList<>();
    for (long done = 0; done < bytes; done += step) {
      extents.add(new Extent(offset + done, offset + Math.min(done + step, bytes), Extent.UNKNOWN));
    }
    if (bytes == 0 && cut) {
      extents.add(new Extent(offset, offset, Extent.UNKNOWN));
    }
    return extents;
  }

  private List<Extent> chunkExtents(SeekableInput input, long targetBytes) throws IOException {
    List<Extent> extents = new ArrayList<>();
    long start = offset;
    long firstChunk = 0;
    ChunkWalk walk = ChunkWalk.first(input, this);
    while (walk.hasMore()) {
      if (walk.position() - start >= targetBytes && walk.index() > firstChunk) {
        extents.add(new Extent(start, walk.position(), firstChunk));
        start = walk.position();
        firstChunk = walk.index();
      }
      walk.advance();
    }
    // A chunk that cannot be found is damage at the place where it should be: one byte for it.
    extents.add(new Extent(start, walk.position() + (walk.isBroken() ? 1 : 0), firstChunk));
    return extents;
  }

  @Override
  public String toString() {
    return (buffer.isEmpty() ? "" : buffer + " ") + "cpu " + cpu;
  }
}
