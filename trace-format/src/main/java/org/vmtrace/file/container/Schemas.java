package org.vmtrace.file.container;

import org.vmtrace.event.EventFormats;
import org.vmtrace.event.EventSchema;
import org.vmtrace.event.FormatTextException;
import org.vmtrace.event.HeaderPage;
import org.vmtrace.event.MissingEventException;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.file.SeekableInput;
import org.vmtrace.file.TraceFormatException;
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

  /** The page layout that a file's own header_page text tells, or the options' page size. */
  static PageLayout own(SeekableInput input, String text, Endian endian, OpenOptions options)
      throws TraceFormatException {
    try {
      PageLayout layout = HeaderPage.parse(text, endian);
      return options.pageBytes() == 0 ? layout : resized(input, layout, options.pageBytes());
    } catch (FormatTextException e) {
      throw unusable(input, e, "");
    }
  }

  /**
   * The page layout of a file without a text of its own: that of the formats that were given, if
   * they have one, else pages of 4096 bytes of a 64-bit kernel; the options' page size wins.
   */
  static PageLayout given(SeekableInput input, Endian endian, OpenOptions options)
      throws TraceFormatException {
    EventFormats formats = options.formats();
    if (formats != null && !formats.headerPage().isEmpty()) {
      return own(input, formats.headerPage(), endian, options);
    }
    PageLayout layout = PageLayout.of(DEFAULT_PAGE_BYTES, endian);
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

  /**
   * A warning where the file's two statements about its page size differ, or the user's from it.
   */
  static void comparePageSizes(
      PageLayout layout, long stated, OpenOptions options, Findings findings) {
    if (stated == layout.pageBytes()) {
      return;
    }
    if (options.pageBytes() != 0) {
      findings.warn(
          "the file says pages of "
              + stated
              + " bytes: read as "
              + layout.pageBytes()
              + ", as --page-size says");
    } else {
      findings.warn(
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
