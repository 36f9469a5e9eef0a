package org.vmtrace.file.container;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import org.vmtrace.file.Unpacker;
import org.vmtrace.ring.PageLayout;

/**
 * trace.dat version 7: sections anywhere in the file, found through a chain of option sections.
 *
 * <pre>
 *  17 08 44 "tracing" "7\0" | u8 endian | u8 long size | u32 page size
 *  compression\0 its version\0 | u64 offset of the first option section
 *
 *  section:    u16 id | u16 flags, 1 = packed | u32 name | u64 bytes that follow
 *  if packed:  u32 packed bytes | u32 plain bytes | data          (but for the data of CPUs)
 *  options:    u16 id | u32 size | data …   the last is DONE (0): u64 offset of the next, or 0
 *  BUFFER (3): u64 section | name\0 | clock\0 | u32 page size | u32 CPUs
 *              | CPUs times (u32 CPU, u64 offset, u64 size)
 * </pre>
 *
 * The data of a CPU begins at the offset of its entry, packed or not as the flags of the buffer's
 * section say (see {@code ChunkWalk}).
 */
final class TraceDat7 {
  private static final int SECTION_OPTIONS = 0;
  private static final int SECTION_HEADER_BYTES = 2 * Short.BYTES + Integer.BYTES + Long.BYTES;
  private static final int FLAG_PACKED = 1;
  private static final int MAX_NAME = 1 << 10;

  /** Real chains have one section, and one more per buffer. */
  private static final int MAX_OPTION_SECTIONS = 1 << 12;

  /** All format texts of a kernel have some 4 MB. */
  private static final int MAX_PLAIN_SECTION = 64 << 20;

  private final HeaderReader reader;
  private final OpenOptions options;
  private final Findings findings = new Findings();
  private final DatOptions said = new DatOptions();
  private String packer = "none";
  private long headerEnd;

  private TraceDat7(HeaderReader reader, OpenOptions options) {
    this.reader = reader;
    this.options = options;
  }

  /**
   * Reads the rest of the header.
   *
   * @param reader after the page size
   */
  static TraceFile open(HeaderReader reader, OpenOptions options) throws IOException {
    return new TraceDat7(reader, options).read();
  }

  private TraceFile read() throws IOException {
    packer = reader.zeroTerminated(MAX_NAME, "the name of the compression");
    reader.zeroTerminated(MAX_NAME, "the version of the compression");
    long firstOptions = reader.u64("the header");
    headerEnd = reader.position();
    readOptions(firstOptions);
    if (said.buffers.isEmpty()) {
      refuseUnlessClosed();
    }

    EventFormats.Builder builder = EventFormats.builder();
    Map<Integer, String> comms = Map.of();
    if (said.sections.containsKey(DatNumbers.HEADER_INFO)) {
      new DatTexts(section(DatNumbers.HEADER_INFO), builder).headerInfo();
    }
    if (said.sections.containsKey(DatNumbers.FTRACE_EVENTS)) {
      new DatTexts(section(DatNumbers.FTRACE_EVENTS), builder).ftraceFormats();
    }
    if (said.sections.containsKey(DatNumbers.EVENT_FORMATS)) {
      new DatTexts(section(DatNumbers.EVENT_FORMATS), builder).eventFormats();
    }
    if (said.sections.containsKey(DatNumbers.CMDLINES)) {
      comms = new DatTexts(section(DatNumbers.CMDLINES), builder).commandLines();
    }

    EventFormats formats = builder.build();
    SeekableInput input = reader.input();
    PageLayout layout = Schemas.own(input, formats.headerPage(), reader.endian(), options);
    StreamList streams = new StreamList(input, reader.end(), findings);
    // Of buffers without data trace-cmd convert keeps nothing but the statistics.
    said.cpuStats.forEach(cpu -> streams.addBuffer(cpu.buffer()));
    for (byte[] buffer : said.buffers) {
      readBuffer(buffer, layout, streams);
    }
    List<PageStream> list = streams.streams(options.buffer());
    TraceMetadata metadata = said.metadata("trace.dat 7", comms, formats, findings);
    return new OpenedTrace(metadata, Schemas.schema(input, formats, options), list, input);
  }

  private void readOptions(long first) throws IOException {
    Set<Long> seen = new HashSet<>();
    long next = first;
    if (first == 0) {
      throw reader.bad(
          "the file has no options: its recording was not finished",
          "version 7 files cannot be read before that");
    }
    while (next != 0) {
      if (!seen.add(next) || seen.size() > MAX_OPTION_SECTIONS) {
        throw reader.bad("the chain of option sections does not end", "the file is damaged");
      }
      HeaderReader section = sectionAt(next, SECTION_OPTIONS);
      next = 0;
      while (section.position() < section.end()) {
        int id = section.u16("the options");
        long size = section.u32("the options");
        if (id == DatNumbers.DONE) {
          next = size >= Long.BYTES ? section.u64("the options") : 0;
          break;
        }
        said.read(section, id, size);
      }
    }
  }

  /**
   * Refuses a file that names no buffer, unless it was closed without any data. trace-cmd writes
   * the options of the buffers after their data, and when it closes a file the section STRINGS
   * behind the last options (seen in files of trace-cmd convert 3.1.6).
   */
  private void refuseUnlessClosed() throws IOException {
    if (said.hasTracerText) {
      throw DatTexts.onlyTracerText(reader);
    }
    boolean closed =
        reader.end() - reader.position() >= SECTION_HEADER_BYTES
            && reader.u16("a section") == DatNumbers.STRINGS;
    if (!closed) {
      throw reader.bad(
          "the file does not tell where its data lies: its recording was not finished",
          "version 7 files cannot be read before that");
    }
  }

  private HeaderReader section(int id) throws IOException {
    return sectionAt(said.sections.get(id), id);
  }

  /** The content of a section, unpacked. */
  private HeaderReader sectionAt(long offset, int id) throws IOException {
    int flags = sectionFlags(offset, id);
    long size = reader.u64("a section");
    if ((flags & FLAG_PACKED) == 0) {
      return reader.part(size, "section " + id);
    }
    HeaderReader packed = reader.part(size, "section " + id);
    long packedBytes = packed.u32("a packed section");
    long plainBytes = packed.u32("a packed section");
    if (plainBytes > MAX_PLAIN_SECTION) {
      throw packed.bad(
          "section " + id + " of " + plainBytes + " bytes is larger than any real one",
          "the file is damaged");
    }
    byte[] bytes = packed.bytes(packedBytes, MAX_PLAIN_SECTION, "section " + id);
    byte[] plain = new byte[(int) plainBytes];
    if (!Unpacker.of(compression()).unpack(bytes, bytes.length, plain, plain.length)) {
      throw packed.bad("section " + id + " cannot be unpacked", "the file is damaged");
    }
    String name = reader.input().name();
    return new HeaderReader(new BytesInput(name, plain)).order(reader.endian());
  }

  /** Goes to a section and reads its header up to the size. */
  private int sectionFlags(long offset, int id) throws IOException {
    reader.seek(offset, "section " + id);
    int found = reader.u16("the header of a section");
    if (found != id) {
      throw reader.bad(
          "there is a section " + found + " where section " + id + " should be",
          "the file is damaged");
    }
    int flags = reader.u16("the header of a section");
    reader.u32("the header of a section");
    return flags;
  }

  private Compression compression() throws TraceFormatException {
    return switch (packer) {
      case "zstd" -> Compression.ZSTD;
      case "zlib" -> Compression.ZLIB;
      default ->
          throw reader.bad(
              "its compression is \"" + packer + "\"", "zstd, zlib and none can be read");
    };
  }

  private void readBuffer(byte[] option, PageLayout layout, StreamList streams) throws IOException {
    HeaderReader data =
        new HeaderReader(new BytesInput(reader.input().name(), option)).order(reader.endian());
    String what = "the option of a buffer";
    long section = data.u64(what);
    String name = data.zeroTerminated(MAX_NAME, what);
    streams.addBuffer(name);
    String clock = data.zeroTerminated(MAX_NAME, what);
    long pageBytes = data.u32(what);
    boolean packed = (sectionFlags(section, DatNumbers.BUFFER) & FLAG_PACKED) != 0;
    Compression compression = packed ? compression() : Compression.NONE;
    // An instance may have pages of another size than the header_page of the file says.
    PageLayout own =
        options.pageBytes() == 0 ? Schemas.resized(reader.input(), layout, pageBytes) : layout;
    if (name.isEmpty() && said.clock.isEmpty()) {
      said.clock = clock;
    }
    int cpus = data.count(Integer.BYTES + 2 * Long.BYTES, "CPUs");
    for (int i = 0; i < cpus; i++) {
      int cpu = (int) Math.min(data.u32(what), Integer.MAX_VALUE);
      long offset = data.u64(what);
      long bytes = data.u64(what);
      String clockOfPages = clock.isEmpty() ? said.clock : clock;
      streams.add(
          new PageStream(0, name, cpu, own, clockOfPages, offset, bytes, compression, false),
          headerEnd);
    }
  }
}
