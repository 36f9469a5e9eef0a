package org.vmtrace.file;

import java.io.IOException;
import org.vmtrace.ring.Damage;

/** Pages that lie packed in chunks, one chunk a block. */
final class ChunkedPages extends PageSource {
  private final SeekableInput input;
  private final Unpacker unpacker;
  private final ChunkWalk walk;
  private final long end;
  private byte[] packed = new byte[0];

  /** The pages of the chunks whose first byte lies in the extent. */
  ChunkedPages(SeekableInput file, PageStream stream, Extent extent, int blockBytes)
      throws IOException {
    this.unpacker = Unpacker.of(stream.compression());
    this.end = extent.end();
    this.input = new ReadAhead(file, (int) Math.min(blockBytes, file.length()), end);
    this.walk = ChunkWalk.at(file, stream, extent);
    while (walk.hasMore() && walk.owner() < extent.start()) {
      walk.advance();
    }
    walk.readFrom(input);
  }

  @Override
  boolean load() throws IOException {
    if (!walk.hasMore() || walk.owner() >= end) {
      return false;
    }
    position = walk.position();
    if (!walk.load()) {
      return unreadable();
    }
    int packedBytes = walk.packedBytes();
    int plainBytes = walk.plainBytes();
    packed = roomFor(packedBytes, packed);
    block = roomFor(plainBytes, block);
    int there = input.readFully(position + ChunkWalk.HEADER_BYTES, packed, 0, packedBytes);
    walk.advance();
    if (there < packedBytes || !unpacker.unpack(packed, packedBytes, block, plainBytes)) {
      return unreadable();
    }
    damage = null;
    blockBytes = plainBytes;
    return true;
  }

  private boolean unreadable() {
    damage = Damage.CHUNK_UNREADABLE;
    blockBytes = 0;
    return true;
  }

  private static byte[] roomFor(int bytes, byte[] buffer) {
    return buffer.length >= bytes ? buffer : new byte[bytes];
  }

  @Override
  long positionOf(int at) {
    return position;
  }
}
