package org.vmtrace.file;

import java.io.Serializable;

/**
 * A run of bytes of one stream that is read on its own: it holds the pages (or chunks) whose first
 * byte lies in it.
 *
 * @param start first byte, as an offset in the file
 * @param end after the last byte
 * @param firstChunk number of the chunk that begins at {@code start}, counted from 0 within the
 *     stream; {@link #UNKNOWN} if the range was not made by {@link PageStream#extents}, whereupon
 *     the reader looks for the chunk itself
 */
public record Extent(long start, long end, long firstChunk) implements Serializable {
  /** No chunk is known to begin at the start. */
  public static final long UNKNOWN = -1;
}
