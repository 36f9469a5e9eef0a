package org.vmtrace.file;

import java.io.IOException;
import org.vmtrace.ring.Endian;

/**
 * Hops from chunk to chunk of a compressed stream.
 *
 * <pre>
 *  offset of the CPU   +0  u32 number of chunks
 *                      +4  u32 packed bytes | u32 plain bytes | packed data     chunk 0
 *                          u32 packed bytes | u32 plain bytes | packed data     chunk 1 …
 * </pre>
 *
 * <p>The size that the file states for the CPU is not used: trace-cmd 3.1.6 leaves the first four
 * bytes out of it. The number of chunks is believed as long as their headers are believable.
 */
final class ChunkWalk {
  /** Bytes before a chunk's data. */
  static final int HEADER_BYTES = 8;

  private static final int COUNT_BYTES = 4;

  /** trace-cmd packs 10 pages into a chunk, and no page is larger than 1 MiB. */
  private static final int MAX_PLAIN_BYTES = 16 << 20;

  private final long length;
  private final Endian endian;
  private final byte[] header = new byte[HEADER_BYTES];
  private SeekableInput input;
  private long chunks;
  private long position;
  private long index;
  private boolean loaded;
  private boolean broken;
  private int packedBytes;
  private int plainBytes;

  private ChunkWalk(SeekableInput input, PageStream stream, long position, long index)
      throws IOException {
    this.input = input;
    this.length = input.length();
    this.endian = stream.layout().endian();
    this.position = position;
    this.index = index;
    boolean counted = input.readFully(stream.offset(), header, 0, COUNT_BYTES) == COUNT_BYTES;
    // Without a count there is one chunk, and it will be found broken.
    this.chunks = counted ? endian.u32(header, 0) : 1;
  }

  /** Begins at the stream's first chunk. */
  static ChunkWalk first(SeekableInput input, PageStream stream) throws IOException {
    return new ChunkWalk(input, stream, stream.offset() + COUNT_BYTES, 0);
  }

  /** Begins at a chunk whose place is known. */
  static ChunkWalk at(SeekableInput input, PageStream stream, Extent extent) throws IOException {
    return extent.firstChunk() <= 0
        ? first(input, stream)
        : new ChunkWalk(input, stream, extent.start(), extent.firstChunk());
  }

  /** Reads from another view of the same file from now on. */
  void readFrom(SeekableInput other) {
    input = other;
  }

  /** Whether there is a chunk at {@link #position()}, or at least should be. */
  boolean hasMore() {
    return index < chunks && !broken;
  }

  /** Where the chunk's header begins in the file. */
  long position() {
    return position;
  }

  /** The byte that decides whose chunk this is: the last of the file if the chunk is missing. */
  long owner() {
    return Math.max(0, Math.min(position, length - 1));
  }

  /** The chunk's number within the stream. */
  long index() {
    return index;
  }

  /** Whether the walk ended at a header that cannot be one. */
  boolean isBroken() {
    return broken;
  }

  /** Whether the header at {@link #position()} can be one; else the walk has ended there. */
  boolean load() throws IOException {
    if (!loaded) {
      loaded = true;
      boolean whole = input.readFully(position, header, 0, HEADER_BYTES) == HEADER_BYTES;
      packedBytes = whole ? endian.i32(header, 0) : 0;
      plainBytes = whole ? endian.i32(header, Integer.BYTES) : 0;
      broken =
          packedBytes <= 0
              || packedBytes > length - position - HEADER_BYTES
              || plainBytes <= 0
              || plainBytes > MAX_PLAIN_BYTES;
    }
    return !broken;
  }

  /** Goes on to the next chunk; stays where it is if there is no believable header here. */
  void advance() throws IOException {
    if (load()) {
      position += HEADER_BYTES + (long) packedBytes;
      index++;
      loaded = false;
    }
  }

  /** Bytes of the packed data, after {@link #load()}. */
  int packedBytes() {
    return packedBytes;
  }

  /** Bytes of pages that the chunk says it holds, after {@link #load()}. */
  int plainBytes() {
    return plainBytes;
  }
}
