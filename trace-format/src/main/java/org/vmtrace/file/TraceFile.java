package org.vmtrace.file;

import java.io.Closeable;
import java.util.List;
import java.util.Optional;
import org.vmtrace.event.EventSchema;

/**
 * An opened recording: what it says about itself and its streams of pages. Opening reads headers
 * only. Safe for use by several threads; closing it closes the input.
 */
public interface TraceFile extends Closeable {
  /** What the file says about its recording. */
  TraceMetadata metadata();

  /** What its events mean. */
  EventSchema schema();

  /**
   * One stream per buffer and CPU that has data: the buffers as they stand in the file, the top one
   * first, then by CPU.
   */
  List<PageStream> streams();

  /** The stream of this {@link PageStream#index}, if there is one. */
  default Optional<PageStream> stream(int index) {
    return streams().stream().filter(stream -> stream.index() == index).findFirst();
  }

  /** The bytes themselves. */
  SeekableInput input();
}
