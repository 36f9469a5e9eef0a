package org.vmtrace.file;

import java.io.IOException;
import org.vmtrace.ring.EventBatch;
import org.vmtrace.ring.RecordCursor;

/**
 * Decodes a part of a stream into batches.
 *
 * <p>A page belongs to the part that holds its first byte (for packed streams: a chunk). The rule
 * lies here, so that any tiling of the file, whatever its borders, gives every page once. Memory is
 * one block of about 128 KiB, or as told, and, for packed streams, one packed chunk. Not
 * thread-safe; several readers may share a file.
 *
 * <pre>
 * StreamReader reader = new StreamReader(file, stream);
 * while (reader.next(batch)) {
 *   …
 * }
 * </pre>
 */
public final class StreamReader {
  private final int cpu;
  private final int pageBytes;
  private final PageSource source;
  private final RecordCursor cursor;
  private final TscConversion tsc;
  private boolean pageOpen;
  private int at;
  private int blockEnd;
  private long lastTime;

  /** Reads all of a stream. */
  public StreamReader(TraceFile file, PageStream stream) throws IOException {
    this(file, stream, stream.whole());
  }

  /**
   * Reads the pages whose first byte lies in [start, end) of the file. For packed streams the
   * chunks before {@code start} have to be hopped first; extents of {@link PageStream#extents} save
   * that.
   */
  public StreamReader(TraceFile file, PageStream stream, long start, long end) throws IOException {
    this(file, stream, new Extent(start, end, Extent.UNKNOWN));
  }

  /** Reads one of the runs of {@link PageStream#extents}. */
  public StreamReader(TraceFile file, PageStream stream, Extent extent) throws IOException {
    this(file, stream, extent, PageSource.BLOCK_BYTES);
  }

  /**
   * Reads all of a stream in small blocks, as one of many readers at a time.
   *
   * @param blockBytes bytes that are read at once, about; at least a page
   */
  public StreamReader(TraceFile file, PageStream stream, int blockBytes) throws IOException {
    this(file, stream, stream.whole(), blockBytes);
  }

  private StreamReader(TraceFile file, PageStream stream, Extent extent, int blockBytes)
      throws IOException {
    cpu = stream.cpu();
    pageBytes = stream.layout().pageBytes();
    tsc = file.metadata().converts(stream.clock()) ? file.metadata().tsc() : null;
    cursor =
        tsc == null
            ? new RecordCursor(stream.layout(), file.schema().fields())
            : RecordCursor.ofRawTimes(stream.layout(), file.schema().fields());
    source =
        stream.isChunked()
            ? new ChunkedPages(file.input(), stream, extent, blockBytes)
            : new PlainPages(file.input(), stream, extent, blockBytes);
  }

  /**
   * Clears the batch and fills it with the next rows, of several pages as long as they lie in the
   * same block.
   *
   * @return false if there were none left
   * @throws IOException if the file cannot be read; damage within pages gives rows instead
   */
  public boolean next(EventBatch batch) throws IOException {
    batch.clear(cpu);
    while (pageOpen ? finishPage(batch) : openPage(batch)) {
      // The batch has room.
    }
    int rows = batch.size();
    if (rows == 0) {
      return false;
    }
    lastTime = batch.time(rows - 1);
    if (tsc != null) {
      long[] times = batch.times();
      for (int row = 0; row < rows; row++) {
        times[row] = tsc.toNs(times[row]);
      }
    }
    return true;
  }

  /** Whether the page could be finished; else the batch is full. */
  private boolean finishPage(EventBatch batch) {
    pageOpen = !cursor.fill(batch);
    return !pageOpen;
  }

  /** Whether there is another page to go on with in this batch. */
  private boolean openPage(EventBatch batch) throws IOException {
    if (at >= blockEnd) {
      // The rows in the batch point into the block: it stays until they have been used.
      if (batch.size() > 0 || !source.load()) {
        return false;
      }
      at = 0;
      blockEnd = source.blockBytes;
      if (source.damage != null) {
        batch.addDamage(source.damage, lastTime, source.position);
        return true;
      }
    }
    int length = Math.min(pageBytes, blockEnd - at);
    cursor.open(source.block, at, length, source.positionOf(at));
    pageOpen = true;
    at += pageBytes;
    return true;
  }
}
