package org.vmtrace.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a whole trace.dat file, version 6 or 7, into memory (fact sheet, section 3). Well-formed
 * files only: anything else ends in some runtime exception.
 */
public final class PlainTraceDat {
  private static final Pattern HEADER_FIELD =
      Pattern.compile("field: [^;]*?(\\w+);\\s*offset:(\\d+);\\s*size:(\\d+);");

  private final ByteOrder order;
  private final ByteSource in;
  private final byte[] file;
  private final ChunkUnpacker unpacker;
  private String codec = "none";
  private String headerPage = "";
  private String uname = "";
  private String clocks = "";
  private long traceId;
  private PlainTsc tsc;
  private int fileCpus;
  private final List<String> cpuStats = new ArrayList<>();
  private final List<EventShape> events = new ArrayList<>();
  private final Map<Integer, String> comms = new TreeMap<>();
  private final Map<String, Map<Integer, byte[]>> buffers = new LinkedHashMap<>();

  private PlainTraceDat(byte[] file, ChunkUnpacker unpacker) {
    this.file = file;
    this.unpacker = unpacker;
    // 17 08 44 "tracing" version \0, then the byte order: 0 little, 1 big
    this.order = file[12] == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    this.in = new ByteSource(file, order);
  }

  /** Reads a file. */
  public static PlainTraceDat read(byte[] file, ChunkUnpacker unpacker) {
    PlainTraceDat trace = new PlainTraceDat(file, unpacker);
    String version = trace.in.at(10).string();
    trace.in.at(18);
    if (version.equals("6")) {
      trace.readVersion6();
    } else {
      trace.readVersion7();
    }
    return trace;
  }

  /** The text of {@code header_page}. */
  public String headerPage() {
    return headerPage;
  }

  /** All events whose formats the file has. */
  public List<EventShape> events() {
    return events;
  }

  /** The event of that name. */
  public EventShape event(String name) {
    return events.stream().filter(event -> event.name().equals(name)).findFirst().orElseThrow();
  }

  /** The threads' names by pid. */
  public Map<Integer, String> comms() {
    return comms;
  }

  /** What {@code uname} said, empty if unknown. */
  public String uname() {
    return uname;
  }

  /** The list of clocks with the current one in brackets, empty if unknown. */
  public String clocks() {
    return clocks;
  }

  /** The recording's id, 0 if it has none. */
  public long traceId() {
    return traceId;
  }

  /** The texts of option CPUSTAT. */
  public List<String> cpuStats() {
    return cpuStats;
  }

  /** The pages by buffer ("" is the top one) and CPU. */
  public Map<String, Map<Integer, byte[]>> buffers() {
    return buffers;
  }

  /** The layout of the pages, from {@code header_page}. */
  public PageShape shape() {
    Map<String, int[]> fields = new TreeMap<>();
    Matcher field = HEADER_FIELD.matcher(headerPage);
    while (field.find()) {
      int[] offsetAndSize = {Integer.parseInt(field.group(2)), Integer.parseInt(field.group(3))};
      fields.put(field.group(1), offsetAndSize);
    }
    int[] data = fields.get("data");
    return new PageShape(data[0] + data[1], order, fields.get("commit")[1], false);
  }

  /** Every buffer that has pages, decoded; named {@code name}, with {@code :buffer} if several. */
  public List<PlainRecording> recordings(String name) {
    PlainKvm kvm = new PlainKvm(event("kvm_exit"), event("kvm_entry"));
    PlainDecoder decoder =
        tsc == null ? new PlainDecoder(shape(), kvm) : PlainDecoder.ofRawTimes(shape(), kvm);
    String host = uname.isEmpty() ? "" : uname.split(" ", -1)[1];
    List<PlainRecording> recordings = new ArrayList<>();
    buffers.forEach(
        (buffer, cpus) -> {
          List<PlainStream> streams = new ArrayList<>();
          cpus.forEach((cpu, pages) -> streams.add(inNs(decoder.stream(cpu, pages))));
          String fullName = buffer.isEmpty() ? name : name + ":" + buffer;
          recordings.add(new PlainRecording(fullName, host, streams, comms));
        });
    return recordings;
  }

  private PlainStream inNs(PlainStream stream) {
    if (tsc == null) {
      return stream;
    }
    return new PlainStream(stream.cpu(), stream.pages().stream().map(tsc::convert).toList());
  }

  private void readVersion6() {
    readHeaderInfo(in);
    readFtraceFormats(in);
    readFormats(in);
    in.bytes(in.size32()); // kallsyms
    in.bytes(in.size32()); // printk formats
    readComms(in);
    fileCpus = in.size32();
    Map<String, Long> instances = new LinkedHashMap<>();
    in.bytes(10); // "options  \0"
    for (int id = in.u16(); id != 0; id = in.u16()) {
      byte[] content = in.bytes(in.size32());
      ByteSource option = new ByteSource(content, order);
      if (id == 3) {
        long offset = option.u64();
        instances.put(option.string(), offset);
      } else {
        readOption(id, content);
      }
    }
    readTable("");
    instances.forEach(
        (name, offset) -> {
          in.at(offset);
          readTable(name);
        });
  }

  private void readTable(String buffer) {
    in.bytes(10); // "flyrecord\0"
    Map<Integer, byte[]> cpus = new TreeMap<>();
    for (int cpu = 0; cpu < fileCpus; cpu++) {
      long offset = in.u64();
      long size = in.u64();
      if (size > 0) {
        cpus.put(cpu, slice(offset, size));
      }
    }
    buffers.put(buffer, cpus);
  }

  private void readVersion7() {
    codec = in.string();
    in.string(); // its version
    long options = in.u64();
    while (options != 0) {
      ByteSource section = section(options);
      options = 0;
      int id;
      do {
        id = section.u16();
        byte[] content = section.bytes(section.size32());
        if (id == 0) {
          options = new ByteSource(content, order).u64();
        } else if (id == 3) {
          readBuffer(new ByteSource(content, order));
        } else if (id >= 16 && id <= 21) {
          readSection(id, section(new ByteSource(content, order).u64()));
        } else {
          readOption(id, content);
        }
      } while (id != 0);
    }
  }

  private void readSection(int id, ByteSource content) {
    switch (id) {
      case 16 -> readHeaderInfo(content);
      case 17 -> readFtraceFormats(content);
      case 18 -> readFormats(content);
      case 21 -> readComms(content);
      default -> {} // kallsyms, printk formats
    }
  }

  /** The content of a section, unpacked. */
  private ByteSource section(long offset) {
    in.at(offset);
    in.u16(); // id
    int flags = in.u16();
    in.size32(); // string id
    long size = in.u64();
    return new ByteSource((flags & 1) == 0 ? in.bytes(size) : chunk(), order);
  }

  /** u32 packed bytes, u32 plain bytes, data. */
  private byte[] chunk() {
    int packed = in.size32();
    int plain = in.size32();
    return unpacker.unpack(codec, in.bytes(packed), plain);
  }

  private void readBuffer(ByteSource option) {
    long sectionOffset = option.u64();
    String name = option.string();
    option.string(); // clock
    option.size32(); // page size
    Map<Integer, byte[]> cpus = new TreeMap<>();
    in.at(sectionOffset + 2);
    boolean compressed = (in.u16() & 1) != 0;
    for (int left = option.size32(); left > 0; left--) {
      int cpu = option.size32();
      long offset = option.u64();
      long size = option.u64();
      if (size > 0) {
        cpus.put(cpu, compressed ? chunks(offset) : slice(offset, size));
      }
    }
    buffers.put(name, cpus);
  }

  /** The chunks are counted; the size in the option is not needed, and 4 too small in 3.1.6. */
  private byte[] chunks(long offset) {
    in.at(offset);
    ByteArrayOutputStream pages = new ByteArrayOutputStream();
    for (int left = in.size32(); left > 0; left--) {
      pages.writeBytes(chunk());
    }
    return pages.toByteArray();
  }

  private byte[] slice(long offset, long size) {
    int start = Math.toIntExact(offset);
    return Arrays.copyOfRange(file, start, Math.toIntExact(start + size));
  }

  private void readHeaderInfo(ByteSource source) {
    source.string(); // "header_page"
    headerPage = source.text(source.u64());
    source.string(); // "header_event"
    source.bytes(source.u64());
  }

  private void readFtraceFormats(ByteSource source) {
    for (int left = source.size32(); left > 0; left--) {
      events.add(EventShape.parse("ftrace", source.text(source.u64())));
    }
  }

  private void readFormats(ByteSource source) {
    for (int systems = source.size32(); systems > 0; systems--) {
      String system = source.string();
      for (int left = source.size32(); left > 0; left--) {
        events.add(EventShape.parse(system, source.text(source.u64())));
      }
    }
  }

  private void readComms(ByteSource source) {
    for (String line : source.text(source.u64()).split("\n", -1)) {
      int blank = line.indexOf(' ');
      if (blank > 0) {
        comms.put(Integer.parseInt(line.substring(0, blank)), line.substring(blank + 1));
      }
    }
  }

  private void readOption(int id, byte[] content) {
    ByteSource option = new ByteSource(content, order);
    switch (id) {
      case 2 -> cpuStats.add(option.text(content.length).replace("\0", ""));
      case 4 -> clocks = option.text(content.length).replace("\0", "").strip();
      case 5 -> uname = option.text(content.length).replace("\0", "").strip();
      case 11 -> traceId = option.u64();
      case 14 -> tsc = new PlainTsc(option.u32(), option.size32(), option.u64());
      default -> {} // of no interest here
    }
  }
}
