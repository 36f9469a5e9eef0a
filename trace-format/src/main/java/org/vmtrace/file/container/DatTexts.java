package org.vmtrace.file.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.vmtrace.event.EventFormats;
import org.vmtrace.file.TraceFormatException;

/**
 * The texts of a trace.dat file, laid out alike in version 6 (one after the other) and version 7 (a
 * section each):
 *
 * <pre>
 *  header info     "header_page\0"  u64 size, text   "header_event\0"  u64 size, text
 *  ftrace formats  u32 n            n times: u64 size, text
 *  event formats   u32 systems      each: name\0, u32 n, n times: u64 size, text
 *  command lines   u64 size, text: "PID NAME\n" …
 * </pre>
 */
final class DatTexts {
  private static final int MAX_HEADER_TEXT = 1 << 16;
  private static final int MAX_NAME = 1 << 10;

  /** The largest format text of today's kernels has some 30 KB. */
  private static final int MAX_FORMAT_TEXT = 1 << 20;

  /** All format texts of a kernel with every tracer built in have some 4 MB. */
  private static final long MAX_ALL_FORMATS = 64 << 20;

  /** What a text takes in memory besides its characters, so that empty ones are bounded too. */
  private static final int TEXT_OVERHEAD = 512;

  /** The kernel keeps 128 names unless told otherwise (saved_cmdlines_size). */
  private static final int MAX_COMMAND_LINES = 8 << 20;

  private static final int MAX_NAMES = 1 << 18;

  private final HeaderReader reader;
  private final EventFormats.Builder formats;
  private long formatBytes;

  DatTexts(HeaderReader reader, EventFormats.Builder formats) {
    this.reader = reader;
    this.formats = formats;
  }

  void headerInfo() throws IOException {
    name(DatNumbers.HEADER_PAGE);
    formats.headerPage(
        reader.text(reader.u64("header_page"), MAX_HEADER_TEXT, "the text of header_page"));
    name(DatNumbers.HEADER_EVENT);
    formats.headerEvent(
        reader.text(reader.u64("header_event"), MAX_HEADER_TEXT, "the text of header_event"));
  }

  private void name(String name) throws IOException {
    long at = reader.position();
    if (!reader.zeroTerminated(MAX_NAME, name).equals(name)) {
      throw new TraceFormatException(
          reader.input().name(), at, name + " is missing", "this is no trace.dat file");
    }
  }

  void ftraceFormats() throws IOException {
    formats("ftrace", "ftrace formats");
  }

  void eventFormats() throws IOException {
    int systems = reader.count(1 + Integer.BYTES, "event systems");
    for (int i = 0; i < systems; i++) {
      account(0);
      String system = reader.zeroTerminated(MAX_NAME, "the name of an event system");
      formats(system, "event formats");
    }
  }

  /** Tells that there is the text of a latency tracer where the pages of events should be. */
  static TraceFormatException onlyTracerText(HeaderReader reader) {
    return reader.bad(
        "the file holds the text of a latency tracer, no events",
        "record with trace-cmd record or vm-trace-collect");
  }

  private void formats(String system, String what) throws IOException {
    int count = reader.count(Long.BYTES, what);
    for (int i = 0; i < count; i++) {
      long size = reader.u64(what);
      account(Math.max(size, 0));
      formats.add(system, reader.text(size, MAX_FORMAT_TEXT, "an event format"));
    }
  }

  private void account(long textBytes) throws TraceFormatException {
    if (textBytes <= MAX_FORMAT_TEXT) {
      formatBytes += textBytes + TEXT_OVERHEAD;
    }
    if (formatBytes > MAX_ALL_FORMATS) {
      throw reader.bad("the event formats have more than 64 MiB", "this is no trace.dat file");
    }
  }

  /** Names of threads by id; none if there are more than any real kernel keeps. */
  Map<Integer, String> commandLines() throws IOException {
    long size = reader.u64("the saved command lines");
    if (size > MAX_COMMAND_LINES) {
      reader.skip(size, "the saved command lines");
      return Map.of();
    }
    return parseCommandLines(reader.bytes(size, MAX_COMMAND_LINES, "the saved command lines"));
  }

  private static Map<Integer, String> parseCommandLines(byte[] bytes) {
    Map<Integer, String> names = new HashMap<>();
    String text = new String(bytes, StandardCharsets.UTF_8);
    for (String line : (Iterable<String>) text.lines()::iterator) {
      String[] parts = line.stripLeading().split(" ", 2);
      if (parts.length == 2 && names.size() < MAX_NAMES) {
        try {
          names.put(Integer.parseInt(parts[0]), parts[1]);
        } catch (NumberFormatException e) {
          // A line that names nobody.
        }
      }
    }
    return names;
  }
}
