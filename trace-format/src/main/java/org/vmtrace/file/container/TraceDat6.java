package org.vmtrace.file.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.vmtrace.event.EventFormats;
import org.vmtrace.file.BytesInput;
import org.vmtrace.file.Compression;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.file.OpenedTrace;
import org.vmtrace.file.PageStream;
import org.vmtrace.file.SeekableInput;
import org.vmtrace.file.TraceFile;
import org.vmtrace.file.TraceFormatException;
import org.vmtrace.file.TraceMetadata;
import org.vmtrace.ring.PageLayout;

/**
 * trace.dat version 6, as trace-cmd and the collector write it.
 *
 * <pre>
 *  17 08 44 "tracing" "6\0" | u8 endian | u8 long size | u32 page size
 *  header info, ftrace formats, event formats (see DatTexts)
 *  u32 size, kallsyms | u32 size, printk formats | u64 size, command lines
 *  u32 CPUs
 *  "options  \0", options, u16 0          may be left out
 *  "flyrecord\0", CPUs times (u64 offset, u64 size)
 *  u64 size, text of trace_clock          only if there is an option TRACECLOCK; data may lie over it
 *  …  pages of each CPU, from a page border
 * </pre>
 *
 * Instances are options BUFFER (u64 offset, name\0); at that offset stands a table like the top
 * buffer's, from "flyrecord\0" on.
 */
final class TraceDat6 {
  private static final byte[] OPTIONS = word(DatNumbers.OPTIONS);
  private static final byte[] FLYRECORD = word(DatNumbers.FLYRECORD);
  private static final byte[] LATENCY = word("latency  ");
  private static final int MAX_CLOCK_TEXT = 1 << 12;
  private static final int MAX_BUFFER_NAME = 1 << 10;

  /** Buffers that are tried in vain, so that the work on a broken file is bounded. */
  private static final int MAX_UNREADABLE_BUFFERS = 16;

  private static final int ENTRY_BYTES = 2 * Long.BYTES;

  private final HeaderReader reader;
  private final OpenOptions options;
  private final Findings findings = new Findings();
  private final DatOptions said = new DatOptions();
  private Map<Integer, String> comms;
  private EventFormats formats;
  private StreamList streams;
  private long tableAt;
  private int headerCpus;
  private long headerEnd;
  private int unreadableBuffers;

  private TraceDat6(HeaderReader reader, OpenOptions options) {
    this.reader = reader;
    this.options = options;
  }

  private static byte[] word(String word) {
    return (word + "\0").getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Reads the rest of the header.
   *
   * @param reader after the page size
   * @param pageBytes the page size of the header
   */
  static TraceFile open(HeaderReader reader, long pageBytes, OpenOptions options)
      throws IOException {
    return new TraceDat6(reader, options).read(pageBytes);
  }

  /**
   * The stream that a recorder which died has left unfinished.
   *
   * @param reader as above
   * @return null if there is none
   */
  static UnfinishedStream unfinished(HeaderReader reader, long pageBytes) throws IOException {
    TraceDat6 file = new TraceDat6(reader, OpenOptions.defaults());
    file.readHeader(pageBytes);
    return file.streams.unfinished(file.tableAt);
  }

  private TraceFile read(long pageBytes) throws IOException {
    readHeader(pageBytes);
    List<PageStream> list = streams.streams(options.buffer());
    TraceMetadata metadata = said.metadata("trace.dat 6", comms, formats, findings);
    SeekableInput input = reader.input();
    return new OpenedTrace(metadata, Schemas.schema(input, formats, options), list, input);
  }

  private void readHeader(long pageBytes) throws IOException {
    EventFormats.Builder builder = EventFormats.builder();
    DatTexts texts = new DatTexts(reader, builder);
    texts.headerInfo();
    texts.ftraceFormats();
    texts.eventFormats();
    reader.skip(reader.u32("kallsyms"), "kallsyms");
    reader.skip(reader.u32("the printk formats"), "the printk formats");
    comms = texts.commandLines();
    headerCpus = (int) Math.min(reader.u32("the number of CPUs"), Integer.MAX_VALUE);
    readOptions();

    formats = builder.build();
    SeekableInput input = reader.input();
    PageLayout layout = Schemas.own(input, formats.headerPage(), reader.endian(), options);
    Schemas.comparePageSizes(layout, pageBytes, options, findings);
    streams = new StreamList(input, reader.end(), findings);
    said.clock = readTable("", layout);
    for (byte[] buffer : said.buffers) {
      readBuffer(buffer, layout);
    }
  }

  private void readOptions() throws IOException {
    long start = reader.position();
    if (!reader.startsWith(OPTIONS)) {
      reader.seek(start, "the table of CPUs");
      return;
    }
    for (int id = reader.u16("the options");
        id != DatNumbers.DONE;
        id = reader.u16("the options")) {
      said.read(reader, id, reader.u32("the options"));
    }
  }

  /** A table of CPUs, from "flyrecord\0" to the text of the clock; returns the clock. */
  private String readTable(String buffer, PageLayout layout) throws IOException {
    long start = reader.position();
    if (!reader.startsWith(FLYRECORD)) {
      reader.seek(start, "the table of CPUs");
      throw reader.startsWith(LATENCY) ? DatTexts.onlyTracerText(reader) : tableMissing(start);
    }
    int cpus = said.cpuCount >= 0 ? said.cpuCount : headerCpus;
    if (cpus > (reader.end() - reader.position()) / ENTRY_BYTES) {
      throw reader.bad(
          "the table of " + cpus + " CPUs leads past the end of the file",
          "the file is incomplete, copy or record it again");
    }
    long entriesAt = reader.position();
    tableAt = tableAt == 0 ? entriesAt : tableAt;
    HeaderReader table = reader.part((long) cpus * ENTRY_BYTES, "the table of CPUs");
    headerEnd = headerEnd == 0 ? reader.position() : headerEnd;
    if (headerCpus < cpus) {
      skipEmptyEntry();
    }
    String clock = said.hasClock ? readClock(buffer, firstData(table, cpus)) : said.clock;
    table.seek(entriesAt, "the table of CPUs");
    for (int cpu = 0; cpu < cpus; cpu++) {
      long offset = table.u64("the table of CPUs");
      long bytes = table.u64("the table of CPUs");
      streams.add(
          new PageStream(0, buffer, cpu, layout, clock, offset, bytes, Compression.NONE, false),
          headerEnd);
    }
    return clock;
  }

  /** Where the data of the first of a table's CPUs begins; the largest number if none has any. */
  private static long firstData(HeaderReader table, int cpus) throws IOException {
    long first = Long.MAX_VALUE;
    for (int cpu = 0; cpu < cpus; cpu++) {
      long offset = table.u64("the table of CPUs");
      boolean hasData = table.u64("the table of CPUs") != 0;
      first = hasData ? Math.min(first, offset) : first;
    }
    return first;
  }

  /**
   * The clock that is named behind a table. Early versions of trace-cmd forgot its text when they
   * placed the data, which may then lie over it; trace-cmd takes such a clock to be local.
   *
   * @param dataAt where the text ends at the latest
   */
  private String readClock(String buffer, long dataAt) throws IOException {
    long size = dataAt - reader.position() < Long.BYTES ? -1 : reader.u64("the trace clock");
    if (size < 0 || size > Math.min(MAX_CLOCK_TEXT, dataAt - reader.position())) {
      findings.warn(
          "the name of the trace clock"
              + (buffer.isEmpty() ? "" : " of buffer " + buffer)
              + " cannot be read, as in files of early versions of trace-cmd whose data lies over"
              + " it: the clock is taken to be local");
      return "local";
    }
    String text = reader.text(size, MAX_CLOCK_TEXT, "the text of the trace clock");
    return text.isEmpty() ? said.clock : DatOptions.currentClock(text);
  }

  /**
   * An option may raise the number of CPUs over that of the header. Old versions of trace-cmd then
   * write an empty entry after the table (read_cpu_data), newer ones do not.
   */
  private void skipEmptyEntry() throws IOException {
    long start = reader.position();
    if (!reader.startsWith(new byte[ENTRY_BYTES])) {
      reader.seek(start, "the table of CPUs");
    }
  }

  private TraceFormatException tableMissing(long start) {
    return reader.end() - start < FLYRECORD.length
        ? reader.bad(
            "the file ends before its data", "the file is incomplete, copy or record it again")
        : reader.bad("the table of CPUs is missing", "the header is damaged");
  }

  /**
   * Reads the table of an instance, which stands after the data of the top buffer. If the file was
   * cut before it, the top buffer is still good. After many that cannot be read, only the one that
   * was asked for is tried.
   */
  private void readBuffer(byte[] option, PageLayout layout) throws IOException {
    HeaderReader data =
        new HeaderReader(new BytesInput(reader.input().name(), option)).order(reader.endian());
    long offset = data.u64("the option of a buffer");
    String name = data.zeroTerminated(MAX_BUFFER_NAME, "the name of a buffer");
    streams.addBuffer(name);
    boolean isAskedFor = name.equals(options.buffer());
    if (unreadableBuffers == MAX_UNREADABLE_BUFFERS && !isAskedFor) {
      return;
    }
    try {
      reader.seek(offset, "the table of buffer " + name);
      readTable(name, layout);
    } catch (TraceFormatException e) {
      if (isAskedFor) {
        throw e;
      }
      unreadableBuffers++;
      findings.damage("buffer " + name + " cannot be read: " + e.problem());
    }
  }
}
