package org.vmtrace.recording;

import java.io.IOException;
import java.io.Serializable;
import org.vmtrace.file.PageStream;
import org.vmtrace.file.TraceFile;

/**
 * A stream of a recording and where it lies.
 *
 * @param path the file
 * @param facts what the file's header says of it
 */
public record RecordingStream(String path, StreamFacts facts) implements Serializable {
  /**
   * The stream itself, in its file.
   *
   * @throws IOException if the file has no such stream any more
   */
  public PageStream in(TraceFile file) throws IOException {
    return file.stream(facts.index())
        .orElseThrow(
            () ->
                new IOException(
                    path
                        + ": the data of CPU "
                        + facts.cpu()
                        + " is not there any more; has the file changed?"));
  }
}
