package org.vmtrace.file;

import java.io.IOException;
import java.util.List;
import org.vmtrace.event.EventSchema;

/** A file whose header has been read. */
public record OpenedTrace(
    TraceMetadata metadata, EventSchema schema, List<PageStream> streams, SeekableInput input)
    implements TraceFile {
  /** Keeps a copy of the list. */
  public OpenedTrace {
    streams = List.copyOf(streams);
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
