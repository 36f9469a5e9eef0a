package org.vmtrace.collect.capture;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.vmtrace.collect.splice.SystemCalls;
import org.vmtrace.file.write.TraceDat6Header;
import org.vmtrace.file.write.TraceDat6Writer;

/** Makes one trace.dat of the files of several CPUs. */
final class MergedTrace {
  private static final String UNFINISHED = ".part";

  /**
   * The pages of one CPU.
   *
   * @param channel the file that holds them
   * @param offset where they begin in it
   * @param bytes whole pages
   * @param stats the text of the kernel's statistics
   */
  record Part(int cpu, FileChannel channel, long offset, long bytes, String stats) {}

  private MergedTrace() {}

  /**
   * Checks whether the names are free that a merge into the file needs.
   *
   * @throws IOException if not
   */
  static void requirePossible(Path path) throws IOException {
    OutputFile.requireReplaceable(path);
    Path unfinished = unfinished(path);
    if (Files.exists(unfinished, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileSystemException(
          unfinished.toString(),
          null,
          "is in the way, perhaps of a merge that was killed: remove it, or give another name with"
              + " -o");
    }
  }

  private static Path unfinished(Path path) {
    return path.resolveSibling(path.getFileName() + UNFINISHED);
  }

  /**
   * Writes the file, under another name until it is whole: a killed merge leaves nothing that could
   * be taken for the recording.
   *
   * @throws IOException if that fails; what was there before stays
   */
  static void write(
      SystemCalls calls,
      Path path,
      TraceDat6Header header,
      List<Part> parts,
      Map<Integer, String> comms)
      throws IOException {
    requirePossible(path);
    OutputFile file = OutputFile.createNew(calls, unfinished(path));
    try {
      fill(file, header, parts, comms);
      Files.move(file.path(), path, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      file.discard();
      throw e;
    }
    file.close();
  }

  private static void fill(
      OutputFile file, TraceDat6Header header, List<Part> parts, Map<Integer, String> comms)
      throws IOException {
    TraceDat6Writer writer = new TraceDat6Writer(file.channel(), header);
    Map<Integer, String> stats = new HashMap<>();
    for (Part part : parts) {
      copy(part, file.channel(), writer.beginCpu(part.cpu()));
      writer.endCpu(part.cpu(), part.bytes());
      stats.put(part.cpu(), part.stats());
    }
    writer.finish(stats, comms);
  }

  private static void copy(Part part, FileChannel to, long offset) throws IOException {
    to.position(offset);
    long done = 0;
    while (done < part.bytes()) {
      long count = part.channel().transferTo(part.offset() + done, part.bytes() - done, to);
      if (count <= 0) {
        throw new EOFException("the pages of CPU " + part.cpu() + " have become fewer");
      }
      done += count;
    }
  }
}
