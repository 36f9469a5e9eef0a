package org.vmtrace.file;

import java.util.List;
import org.vmtrace.event.EventFormats;
import org.vmtrace.event.EventSchema;
import org.vmtrace.event.FormatTextException;
import org.vmtrace.event.HeaderPage;
import org.vmtrace.event.MissingEventException;
import org.vmtrace.ring.Endian;
import org.vmtrace.ring.PageLayout;

/** Turns the texts of a file into a schema and a page layout, or says why that fails. */
final class Schemas {
  static final int DEFAULT_PAGE_BYTES = 4096;

  private Schemas() {}

  /** The schema of the file's own formats, else of those that were given. */
  static EventSchema schema(SeekableInput input, EventFormats own, OpenOptions options)
      throws TraceFormatException {
    try {
      return EventSchema.of(own, options.pair());
    } catch (MissingEventException e) {
      if (options.formats() != null) {
        return given(input, options);
      }
      throw unusable(input, e, own.isEmpty() ? "give them with --event-formats" : "");
    } catch (FormatTextException e) {
      throw unusable(input, e, "");
    }
  }

  /** The schema of the formats that were given. */
  static EventSchema given(SeekableInput input, OpenOptions options) throws TraceFormatException {
    try {
      return EventSchema.of(options.formats(), options.pair());
    } catch (FormatTextException e) {
      throw unusable(input, e, "look at the folder given with --event-formats");
    }
  }

  /**
   * The page layout of a header_page text. The page size of the options wins over that of the text.
   *
   * @param text empty if there is none: then it is that of a 64-bit kernel with 4096-byte pages
   */
  static PageLayout layout(SeekableInput input, String text, Endian endian, OpenOptions options)
      throws TraceFormatException {
    PageLayout layout = PageLayout.of(DEFAULT_PAGE_BYTES, endian);
    if (!text.isEmpty()) {
      try {
        layout = HeaderPage.parse(text, endian);
      } catch (FormatTextException e) {
        throw unusable(input, e, "");
      }
    }
    return options.pageBytes() == 0 ? layout : resized(input, layout, options.pageBytes());
  }

  /** The same layout with pages of another size. */
  static PageLayout resized(SeekableInput input, PageLayout layout, long pageBytes)
      throws TraceFormatException {
    try {
      return new PageLayout(
          (int) Math.min(pageBytes, Integer.MAX_VALUE),
          layout.commitOffset(),
          layout.commitBytes(),
          layout.dataOffset(),
          layout.endian());
    } catch (IllegalArgumentException e) {
      throw new TraceFormatException(
          input.name(), TraceFormatException.NOWHERE, e.getMessage(), "give another --page-size");
    }
  }

  /** A warning where the file's two statements about its page size differ. */
  static void comparePageSizes(
      PageLayout layout, long stated, OpenOptions options, List<String> warnings) {
    if (options.pageBytes() == 0 && stated != layout.pageBytes()) {
      warnings.add(
          "the file says pages of "
              + stated
              + " bytes, its header_page "
              + layout.pageBytes()
              + ": read as the latter, --page-size chooses");
    }
  }

  private static TraceFormatException unusable(
      SeekableInput input, FormatTextException e, String advice) {
    TraceFormatException wrapped =
        new TraceFormatException(
            input.name(), TraceFormatException.NOWHERE, e.getMessage(), advice);
    wrapped.initCause(e);
    return wrapped;
  }
}
