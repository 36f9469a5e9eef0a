package org.vmtrace.file;

import java.io.IOException;
import org.vmtrace.ring.Damage;

/** Gives the pages of a part of a stream, one block after the other. */
abstract class PageSource {
  /** Bytes that are read at once, unless a page is larger. */
  static final int BLOCK_BYTES = 128 << 10;

  /** The block that was loaded: pages from index 0 on, the last one perhaps cut short. */
  byte[] block = new byte[0];

  /** Valid bytes of the block. */
  int blockBytes;

  /** Where the block's first page begins in the file, or the chunk that holds the pages. */
  long position;

  /** Why there are no pages in this block; null if there are. */
  Damage damage;

  /**
   * Loads the next block over the one before.
   *
   * @return false if there are no more
   */
  abstract boolean load() throws IOException;

  /** The position of the page at a place in the block. */
  abstract long positionOf(int at);
}
