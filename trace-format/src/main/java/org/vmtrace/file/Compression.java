package org.vmtrace.file;

/** How the data of a stream is packed. */
public enum Compression {
  /** Pages as they are. */
  NONE,
  /** Chunks of pages, each a zstd frame. */
  ZSTD,
  /** Chunks of pages, each a zlib stream. */
  ZLIB
}
