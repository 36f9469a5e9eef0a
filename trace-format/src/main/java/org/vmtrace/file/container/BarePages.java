package org.vmtrace.file.container;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vmtrace.event.EventFormats;
import org.vmtrace.event.EventSchema;
import org.vmtrace.file.Compression;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.file.OpenedTrace;
import org.vmtrace.file.PageStream;
import org.vmtrace.file.SeekableInput;
import org.vmtrace.file.TraceFile;
import org.vmtrace.file.TraceFormatException;
import org.vmtrace.file.TraceMetadata;
import org.vmtrace.ring.Endian;
import org.vmtrace.ring.PageLayout;

/**
 * Pages and nothing else, as {@code trace_pipe_raw} gives them; what they mean comes from format
 * texts that are given.
 */
final class BarePages {
  /** What a file says that says nothing. */
  static final TraceMetadata NO_METADATA =
      new TraceMetadata(
          "", "", "", "", 0, Map.of(), List.of(), null, EventFormats.NONE, List.of(), false);

  /** Pages of which one must look like a page. */
  private static final int LOOK_AT_PAGES = 16;

  private static final Pattern CPU_IN_NAME = Pattern.compile("cpu(\\d{1,6})(?!\\d)");

  private BarePages() {}

  static TraceFile open(SeekableInput input, OpenOptions options) throws IOException {
    EventFormats formats = options.formats();
    PageLayout little = Schemas.given(input, Endian.little(), options);
    PageLayout big = Schemas.given(input, Endian.big(), options);
    int believable = believablePages(input, little);
    int believableBig = believablePages(input, big);
    if (believable == 0 && believableBig == 0) {
      throw new TraceFormatException(
          input.name(),
          TraceFormatException.NOWHERE,
          "this is neither a trace file nor one of ring-buffer pages of "
              + little.pageBytes()
              + " bytes",
          "give another --page-size if it is");
    }
    PageStream stream = stream(input, believable >= believableBig ? little : big, 0);
    EventSchema schema = Schemas.given(input, options);
    return opened(input, "pages", stream, schema, formats, new Findings());
  }

  /** Of the first pages, those whose commit word says no more data than a page holds. */
  private static int believablePages(SeekableInput input, PageLayout layout) throws IOException {
    byte[] header = new byte[layout.dataOffset()];
    int believable = 0;
    for (int page = 0; page < LOOK_AT_PAGES; page++) {
      long position = (long) page * layout.pageBytes();
      if (input.length() - position < layout.pageBytes()
          || input.readFully(position, header, 0, header.length) < header.length) {
        break;
      }
      long commit = layout.endian().signed(header, layout.commitOffset(), layout.commitBytes());
      // Bits 31 and 30 mark a loss; the bits above are 0 or, on some kernels, repeat bit 31.
      int length = (int) commit & 0x3fffffff;
      long above = commit >> Integer.SIZE;
      if (length <= layout.dataBytes() && (above == 0 || above == -1)) {
        believable++;
      }
    }
    return believable;
  }

  /** The one stream of a file that is pages from an offset to its end. */
  static PageStream stream(SeekableInput input, PageLayout layout, long offset) throws IOException {
    long bytes = Math.max(0, input.length() - offset);
    return new PageStream(
        0, "", cpuOf(input.name()), layout, "", offset, bytes, Compression.NONE, false);
  }

  /** The digits after the last "cpu" of a file's name, else 0. */
  static int cpuOf(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    Matcher matcher = CPU_IN_NAME.matcher(name);
    int cpu = 0;
    while (matcher.find()) {
      cpu = Integer.parseInt(matcher.group(1));
    }
    return cpu;
  }

  /** A file of one stream. */
  static TraceFile opened(
      SeekableInput input,
      String container,
      PageStream stream,
      EventSchema schema,
      EventFormats formats,
      Findings findings) {
    long rest = stream.bytes() % stream.layout().pageBytes();
    if (rest != 0) {
      findings.damage("the file is cut short: its last page has only " + rest + " bytes");
    }
    TraceMetadata metadata =
        new TraceMetadata(
            container,
            "",
            "",
            "",
            0,
            Map.of(),
            List.of(),
            null,
            formats,
            findings.warnings(),
            findings.isDamaged());
    List<PageStream> streams = stream.bytes() > 0 ? List.of(stream) : List.of();
    return new OpenedTrace(metadata, schema, streams, input);
  }
}
