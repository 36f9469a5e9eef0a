package org.vmtrace.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.vmtrace.file.Extent;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.file.PageStream;
import org.vmtrace.file.TraceFile;
import org.vmtrace.file.container.TraceFiles;
import org.vmtrace.testkit.ChunkCodec;
import org.vmtrace.testkit.RandomRecording;
import org.vmtrace.testkit.Seeds;
import org.vmtrace.testkit.TraceDatBuilder;

/** Random recordings, in files, and their streams cut anywhere. */
final class RandomCuts {
  private RandomCuts() {}

  /** The seeds of a test. */
  static LongStream seeds() {
    return Seeds.some(60);
  }

  /** Writes the recording into a folder. */
  static Path write(Path folder, RandomRecording recording) throws IOException {
    // Half of them packed, with a page or a few in a chunk.
    TraceDatBuilder file = recording.traceDat();
    byte[] bytes =
        recording.seed() % 2 == 0
            ? file.version6()
            : file.compression(ChunkCodec.ZSTD, 1 + (int) (recording.seed() % 3)).version7();
    return Files.write(folder.resolve(recording + ".dat"), bytes);
  }

  /**
   * All streams of the recording, which is written into the folder, in extents of a byte to three
   * pages.
   */
  static List<CutStream> of(Path folder, RandomRecording recording, Random random)
      throws IOException {
    TraceFile file = TraceFiles.open(write(folder, recording), OpenOptions.defaults());
    List<CutStream> cuts = new ArrayList<>();
    for (PageStream stream : file.streams()) {
      List<Extent> extents = new ArrayList<>();
      long end = stream.offset() + stream.bytes();
      for (long start = stream.offset(); start < end; ) {
        long next = Math.min(end, start + 1 + random.nextInt(3 * stream.layout().pageBytes()));
        extents.add(new Extent(start, next, Extent.UNKNOWN));
        start = next;
      }
      cuts.add(new CutStream(file, stream, extents));
    }
    return cuts;
  }
}
