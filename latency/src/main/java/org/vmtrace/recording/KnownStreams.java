package org.vmtrace.recording;

import org.vmtrace.file.PageStream;
import org.vmtrace.latency.split.StreamResult;

/** Streams whose analysis somebody has made already, with the same rules. */
public interface KnownStreams {
  /** None. */
  KnownStreams NONE = (path, stream) -> null;

  /** The result of a stream of that file; null if it is not known. */
  StreamResult result(String path, PageStream stream);
}
