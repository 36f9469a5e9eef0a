package org.vmtrace.file;

import java.io.IOException;
import java.util.List;
import org.vmtrace.event.EventSchema;

/** A file whose header has been read. */
record OpenedTrace(
    TraceMetadata metadata, EventSchema schema, List<PageStream> streams, SeekableInput input)
    implements TraceFile {
  OpenedTrace {
    streams = List.copyOf(streams);
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
