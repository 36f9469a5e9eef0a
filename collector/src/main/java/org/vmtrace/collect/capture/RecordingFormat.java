package org.vmtrace.collect.capture;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.vmtrace.collect.tracefs.TraceInstance;
import org.vmtrace.collect.tracefs.Tracefs;
import org.vmtrace.event.EventFormats;
import org.vmtrace.event.EventPair;
import org.vmtrace.event.EventSchema;
import org.vmtrace.event.FormatTextException;
import org.vmtrace.event.HeaderPage;
import org.vmtrace.file.write.TraceDat6Header;
import org.vmtrace.ring.Endian;
import org.vmtrace.ring.PageLayout;

/**
 * What a recording's pages mean, as the kernel that writes them tells it.
 *
 * @param header what its files begin with
 * @param schema the fields of its two events
 */
record RecordingFormat(TraceDat6Header header, EventSchema schema) {
  /** Names of threads: about 700 of them. */
  private static final int COMMS_ROOM = 16 << 10;

  /**
   * Asks the kernel.
   *
   * @param instance set up
   * @param writer name and version of this program
   * @param root the root of the file system
   * @throws IOException if the kernel does not answer, or the file asked for cannot hold such pages
   */
  static RecordingFormat of(
      TraceInstance instance, CaptureSettings settings, String writer, Path root)
      throws IOException {
    EventPair pair = settings.pair();
    EventFormats formats =
        EventFormats.builder()
            .headerPage(instance.headerPage())
            .headerEvent(instance.headerEvent())
            .add(pair.exitSystem(), instance.format(pair.exitEvent()))
            .add(pair.entrySystem(), instance.format(pair.entryEvent()))
            .build();
    PageLayout layout;
    EventSchema schema;
    try {
      layout = HeaderPage.parse(formats.headerPage(), Endian.of(ByteOrder.nativeOrder()));
      schema = EventSchema.of(formats, pair);
    } catch (FormatTextException e) {
      throw new IOException(
          "this kernel describes its events in a way not known: " + e.getMessage(), e);
    }
    if (settings.originalFormat()) {
      try {
        OriginalContainer.requirePossible(
            layout.pageBytes(), schema.fields(), layout.endian().order());
      } catch (IllegalArgumentException e) {
        throw new IOException(e.getMessage(), e);
      }
    }
    TraceDat6Header header =
        new TraceDat6Header(
            formats,
            layout,
            settings.traced().length(),
            settings.clock(),
            Tracefs.uname(root),
            writer,
            recordingId(),
            TraceDat6Header.STATS_BYTES * settings.traced().cardinality(),
            COMMS_ROOM);
    return new RecordingFormat(header, schema);
  }

  /** Files of different captures must not be taken for one: any number but 0 will do. */
  private static long recordingId() {
    return ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE) ^ System.currentTimeMillis();
  }

  /** How the pages are laid out. */
  PageLayout layout() {
    return header.layout();
  }
}
