package org.vmtrace.file.container;

import java.io.IOException;
import org.vmtrace.event.EventFormats;
import org.vmtrace.event.EventSchema;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.file.PageStream;
import org.vmtrace.file.SeekableInput;
import org.vmtrace.file.TraceFile;
import org.vmtrace.file.TraceFormatException;
import org.vmtrace.ring.Endian;
import org.vmtrace.ring.EntryFields;
import org.vmtrace.ring.EventFields;
import org.vmtrace.ring.ExitFields;
import org.vmtrace.ring.PageLayout;

/**
 * The file of the original vm-trace tool: one CPU, no format texts, little-endian.
 *
 * <pre>
 *  0                4              6             8
 *  +----------------+--------------+-------------+-------------------
 *  | u32 cce96d01   | u16 entry id | u16 exit id | pages of 4096 bytes …
 *  +----------------+--------------+-------------+-------------------
 * </pre>
 */
public final class OriginalFile {
  /** How the file begins. */
  public static final long MAGIC = 0xcce96d01L;

  /** Where the pages begin. */
  public static final int HEADER_BYTES = 8;

  private OriginalFile() {}

  static boolean matches(SeekableInput input) throws IOException {
    byte[] start = new byte[Integer.BYTES];
    return input.readFully(0, start, 0, start.length) == start.length
        && Endian.little().u32(start, 0) == MAGIC;
  }

  static TraceFile open(SeekableInput input, OpenOptions options) throws IOException {
    HeaderReader reader = new HeaderReader(input);
    reader.u32("the header");
    int entryId = reader.u16("the header");
    int exitId = reader.u16("the header");
    if (entryId == exitId) {
      throw reader.bad("exit and entry have the same id " + exitId, "the header is damaged");
    }
    Findings findings = new Findings();
    EventFormats formats = options.formats() == null ? EventFormats.NONE : options.formats();
    PageLayout layout = Schemas.given(input, Endian.little(), options);
    PageStream stream = BarePages.stream(input, layout, HEADER_BYTES);
    EventSchema schema =
        options.formats() == null
            ? schema(input, stream, exitId, entryId, options, findings)
            : given(reader, exitId, entryId, options);
    return BarePages.opened(input, "vm-trace", stream, schema, formats, findings);
  }

  private static EventSchema given(
      HeaderReader reader, int exitId, int entryId, OpenOptions options)
      throws TraceFormatException {
    EventSchema schema = Schemas.given(reader.input(), options);
    EventFields fields = schema.fields();
    if (fields.exit().eventId() != exitId || fields.entry().eventId() != entryId) {
      throw reader.bad(
          "the file's exits and entries have the ids "
              + exitId
              + " and "
              + entryId
              + ", in the event formats they are "
              + fields.exit().eventId()
              + " and "
              + fields.entry().eventId(),
          "give the formats of the kernel that recorded it");
    }
    return schema;
  }

  /** The layout that the sizes of the first exit and entry tell. */
  private static EventSchema schema(
      SeekableInput input,
      PageStream stream,
      int exitId,
      int entryId,
      OpenOptions options,
      Findings findings)
      throws IOException {
    EventFields ids =
        new EventFields(
            EventFields.STANDARD_TYPE,
            EventFields.STANDARD_PID,
            OriginalLayout.UNKNOWN.exitFields(exitId),
            OriginalLayout.UNKNOWN.entryFields(entryId));
    OriginalLayout layout = OriginalLayout.of(input, stream, ids);
    if (layout == OriginalLayout.UNKNOWN && stream.bytes() > 0) {
      findings.warn(
          "the sizes of exits and entries fit no known kernel: reasons are unknown, give the"
              + " kernel's formats with --event-formats");
    }
    ExitFields exit = layout.exitFields(exitId);
    EntryFields entry = layout.entryFields(entryId);
    return EventSchema.withoutFormats(
        options.pair(),
        new EventFields(EventFields.STANDARD_TYPE, EventFields.STANDARD_PID, exit, entry));
  }
}
