package org.vmtrace.spark.input;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.vmtrace.event.EventSchema;
import org.vmtrace.file.PageStream;
import org.vmtrace.file.SeekableInput;
import org.vmtrace.file.TraceFile;
import org.vmtrace.file.TraceFormatException;
import org.vmtrace.file.TraceMetadata;
import org.vmtrace.file.container.TraceFiles;

/**
 * Opens traces with the options of a Hadoop configuration. Splits of one file share its header,
 * which each JVM reads once, but no stream: each has its own place in the file.
 */
public final class TraceOpener {
  /** Headers kept; one may have a few MB of format texts. */
  private static final int KEPT = 16;

  private static final Map<Key, TraceFile> HEADERS =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, TraceFile> eldest) {
          return size() > KEPT;
        }
      };

  private record Key(Path path, long bytes, long modified, String options) {}

  /** A header that was read before, with another stream of bytes. */
  private record Reopened(TraceFile header, SeekableInput input) implements TraceFile {
    @Override
    public TraceMetadata metadata() {
      return header.metadata();
    }

    @Override
    public EventSchema schema() {
      return header.schema();
    }

    @Override
    public List<PageStream> streams() {
      return header.streams();
    }

    @Override
    public void close() throws IOException {
      input.close();
    }
  }

  private TraceOpener() {}

  /**
   * Opens a file.
   *
   * @return nothing if the file is no trace and does not have to be one
   * @throws TraceFormatException if it must be a trace and is none, or its header cannot be read
   */
  public static Optional<TraceFile> open(FoundFile file, Configuration conf) throws IOException {
    if (file.bytes() == 0 && !file.named()) {
      return Optional.empty();
    }
    HadoopInput input = new HadoopInput(file.shown(), file.path(), file.bytes(), conf);
    try {
      return Optional.of(TraceFiles.open(input, InputProperties.get(conf)));
    } catch (TraceFormatException e) {
      try (input) {
        if (!file.named() && !TraceFiles.isTrace(input)) {
          return Optional.empty();
        }
      }
      throw e;
    } catch (IOException | RuntimeException e) {
      input.close();
      throw e;
    }
  }

  /**
   * Opens the file of a split; its header comes from memory where it is known.
   *
   * @throws IOException if the file is not the one that was found any more, or cannot be read
   */
  public static Opened open(RingBufferSplit split, Configuration conf) throws IOException {
    Path path = split.getPath();
    Key key = new Key(path, split.fileBytes(), split.modified(), InputProperties.fingerprint(conf));
    HadoopInput input = new HadoopInput(HadoopInput.shown(path), path, split.fileBytes(), conf);
    try {
      requireAsFound(split, input, conf);
      TraceFile header = header(key);
      if (header == null) {
        header = TraceFiles.open(input, InputProperties.get(conf));
        keep(key, header);
      }
      return new Opened(new Reopened(header, input), input, streamOf(header, split));
    } catch (IOException | RuntimeException e) {
      input.close();
      throw e;
    }
  }

  /**
   * Fails where a file was replaced, as far as its length, its time and its recording's id tell. A
   * recording that goes on makes its file longer and later; that is read as far as it was found.
   * Asked of a file that is open: what its name leads to from now on does not matter.
   */
  private static void requireAsFound(RingBufferSplit split, HadoopInput input, Configuration conf)
      throws IOException {
    FileStatus now = split.getPath().getFileSystem(conf).getFileStatus(split.getPath());
    long grown = now.getLen() - split.fileBytes();
    // Object stores may list milliseconds, but tell the time of one object in seconds.
    long later = now.getModificationTime() / 1000 - split.modified() / 1000;
    boolean same = grown == 0 && later == 0;
    if (!same && (grown <= 0 || later < 0 || recordingId(input, conf) != split.recordingId())) {
      throw new IOException(
          input.name() + " has changed since it was found: run again, or load it again");
    }
  }

  /** What the file says now, whatever is kept of its header. */
  private static long recordingId(HadoopInput input, Configuration conf) throws IOException {
    return TraceFiles.open(input, InputProperties.get(conf)).metadata().recordingId();
  }

  /** What a split needs: its file with a stream of bytes of its own, and its stream of pages. */
  public record Opened(TraceFile file, HadoopInput input, PageStream stream) {}

  private static PageStream streamOf(TraceFile file, RingBufferSplit split) throws IOException {
    return file.stream(split.stream())
        .orElseThrow(() -> new IOException(split + " is not there any more: the file has changed"));
  }

  private static TraceFile header(Key key) {
    synchronized (HEADERS) {
      return HEADERS.get(key);
    }
  }

  private static void keep(Key key, TraceFile header) {
    synchronized (HEADERS) {
      HEADERS.put(key, header);
    }
  }
}
