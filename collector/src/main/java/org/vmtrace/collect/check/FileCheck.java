package org.vmtrace.collect.check;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.vmtrace.file.CpuStats;
import org.vmtrace.file.Extent;
import org.vmtrace.file.LocalInput;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.file.PageStream;
import org.vmtrace.file.StreamReader;
import org.vmtrace.file.TraceFile;
import org.vmtrace.file.TraceMetadata;
import org.vmtrace.file.container.TraceFiles;
import org.vmtrace.ring.EventBatch;

/**
 * What a walk over a whole file has found.
 *
 * @param path the file
 * @param bytes its length
 * @param metadata what it says about itself; its warnings tell of missing parts
 * @param streams what was found in each of its streams
 * @param stats what the kernel counted, of the buffers that were walked
 */
public record FileCheck(
    Path path,
    long bytes,
    TraceMetadata metadata,
    List<StreamCheck> streams,
    List<CpuStats> stats) {
  /** Bytes of a stream that are walked between two words on how far the walk is. */
  private static final long STEP_BYTES = 16L << 20;

  /** Copies the lists. */
  public FileCheck {
    streams = List.copyOf(streams);
    stats = List.copyOf(stats);
  }

  /**
   * Walks a file. Memory is a block of pages and a batch, however long the file is.
   *
   * @param options how to read it
   * @param progress is told of every so many bytes that are done
   * @throws org.vmtrace.file.TraceFormatException if it is no trace or its header cannot be read
   * @throws IOException if reading fails
   */
  public static FileCheck of(Path path, OpenOptions options, LongConsumer progress)
      throws IOException {
    try (LocalInput input = LocalInput.open(path)) {
      TraceFile file = TraceFiles.open(input, options);
      List<StreamCheck> streams = new ArrayList<>();
      for (PageStream stream : file.streams()) {
        streams.add(walk(file, stream, progress));
      }
      Set<String> buffers =
          streams.stream().map(check -> check.stream().buffer()).collect(Collectors.toSet());
      List<CpuStats> stats =
          file.metadata().cpuStats().stream()
              .filter(cpu -> streams.isEmpty() || buffers.contains(cpu.buffer()))
              .toList();
      return new FileCheck(path, input.length(), file.metadata(), streams, stats);
    }
  }

  private static StreamCheck walk(TraceFile file, PageStream stream, LongConsumer progress)
      throws IOException {
    StreamCheck check = new StreamCheck(stream);
    EventBatch batch = new EventBatch();
    for (Extent extent : stream.extents(file.input(), STEP_BYTES)) {
      StreamReader reader = new StreamReader(file, stream, extent);
      while (reader.next(batch)) {
        check.accept(batch);
      }
      progress.accept(extent.end() - extent.start());
    }
    return check;
  }

  /** Whether nothing is wrong: nothing lost, damaged or missing, and time only goes forward. */
  public boolean isWell() {
    return Troubles.of(this).isEmpty();
  }
}
