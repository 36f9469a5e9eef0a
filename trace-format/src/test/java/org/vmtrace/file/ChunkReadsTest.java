package org.vmtrace.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vmtrace.file.container.TraceFiles;
import org.vmtrace.ring.EventBatch;
import org.vmtrace.testkit.ChunkCodec;

/** How often packed data is touched: cutting hops over it, reading takes every byte once. */
class ChunkReadsTest {
  private static final int CHUNKS = 40;
  private static final int COUNT_BYTES = 4;

  /** Counts how many bytes are read. */
  private static final class CountingInput implements SeekableInput {
    private final BytesInput input;
    private long bytesRead;

    CountingInput(byte[] bytes) {
      input = new BytesInput("trace.dat", bytes);
    }

    @Override
    public String name() {
      return input.name();
    }

    @Override
    public long length() {
      return input.length();
    }

    @Override
    public int read(long position, byte[] buffer, int offset, int length) {
      int count = input.read(position, buffer, offset, length);
      bytesRead += Math.max(0, count);
      return count;
    }

    @Override
    public void close() {
      // Nothing is held open.
    }
  }

  private final CountingInput input =
      new CountingInput(
          Sample.X86_64
              .dat()
              .pages(0, Sample.X86_64.pages(CHUNKS, 1_000_000))
              .compression(ChunkCodec.ZSTD, 1)
              .version7());

  @Test
  void cuttingReadsTheHeadersOfChunksAndNothingElse() throws IOException {
    try (TraceFile file = TraceFiles.open(input, OpenOptions.defaults())) {
      PageStream stream = file.streams().get(0);
      input.bytesRead = 0;

      List<Extent> extents = stream.extents(file.input(), 1);

      assertThat(extents).hasSize(CHUNKS);
      assertThat(input.bytesRead).isEqualTo(COUNT_BYTES + CHUNKS * ChunkWalk.HEADER_BYTES);
    }
  }

  @Test
  void readingAllPartsReadsEveryByteOnceAndTheCountForEachPart() throws IOException {
    try (TraceFile file = TraceFiles.open(input, OpenOptions.defaults())) {
      PageStream stream = file.streams().get(0);
      List<Extent> extents = stream.extents(file.input(), 3 * 4096);
      long data = extents.get(extents.size() - 1).end() - extents.get(0).start();
      input.bytesRead = 0;

      for (Extent extent : extents) {
        readAll(file, stream, extent);
      }

      assertThat(extents.size()).isBetween(5, CHUNKS / 2);
      // A part also looks at its first header before it reads ahead.
      long perPart = COUNT_BYTES + ChunkWalk.HEADER_BYTES;
      assertThat(input.bytesRead).isBetween(data - COUNT_BYTES, data + extents.size() * perPart);
    }
  }

  private static void readAll(TraceFile file, PageStream stream, Extent extent) throws IOException {
    EventBatch batch = new EventBatch();
    StreamReader reader = new StreamReader(file, stream, extent);
    while (reader.next(batch)) {
      assertThat(batch.size()).isPositive();
    }
  }
}
