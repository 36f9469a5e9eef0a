package org.vmtrace.testkit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Builds the bytes of a trace.dat file, version 6 or 7, as trace-cmd 3.1 writes it (fact sheet,
 * section 3; manual page trace-cmd.dat).
 */
public final class TraceDatBuilder {
  /** Option TRACECLOCK. */
  public static final int OPTION_TRACECLOCK = 4;

  final PageShape shape;
  final ByteOrder order;
  final Map<String, Map<Integer, byte[]>> buffers = new LinkedHashMap<>();
  final List<EventShape> events = new ArrayList<>();
  final List<String> ftraceFormats = new ArrayList<>();
  final ByteSink options;
  final Map<Integer, String> comms = new TreeMap<>();
  String headerPage;
  String kallsyms = "";
  String printk = "";
  String clock = "mono";
  int cpus;
  int longBytes = 8;
  ChunkCodec codec = ChunkCodec.NONE;
  boolean compressMetadata;
  int pagesPerChunk = 10;
  boolean countWordInSize;

  /** Starts a file with no events, no options but the clock's ("mono"), and no CPUs. */
  public TraceDatBuilder(PageShape shape) {
    this.shape = shape;
    this.order = shape.order();
    this.options = new ByteSink(order);
    this.headerPage = shape.headerPageText();
    buffers.put("", new TreeMap<>());
  }

  /** The format texts of all of a kernel's events. */
  public TraceDatBuilder events(KvmEvents kvm) {
    kvm.all().forEach(this::event);
    return this;
  }

  /** One more event's format text. */
  public TraceDatBuilder event(EventShape event) {
    events.add(event);
    return this;
  }

  /** One more format text among those of the ftrace system. */
  public TraceDatBuilder ftraceFormat(String text) {
    ftraceFormats.add(text);
    return this;
  }

  /** Another text of {@code header_page} than the layout's own. */
  public TraceDatBuilder headerPage(String text) {
    headerPage = text;
    return this;
  }

  /** The text of {@code /proc/kallsyms}. */
  public TraceDatBuilder kallsyms(String text) {
    kallsyms = text;
    return this;
  }

  /** The text of {@code printk_formats}. */
  public TraceDatBuilder printk(String text) {
    printk = text;
    return this;
  }

  /** A thread's name. */
  public TraceDatBuilder comm(int pid, String comm) {
    comms.put(pid, comm);
    return this;
  }

  /** The clock's name; empty: the file says nothing of a clock. */
  public TraceDatBuilder clock(String name) {
    clock = name;
    return this;
  }

  /** What {@code uname} said: system, node name, release, machine. */
  public TraceDatBuilder uname(String text) {
    return option(5, text + "\0");
  }

  /** The recording's id. */
  public TraceDatBuilder traceId(long id) {
    return option(11, ByteBuffer.allocate(8).order(order).putLong(id).array());
  }

  /** The kernel's statistics of one CPU, as in {@code per_cpu/cpuN/stats}. */
  public TraceDatBuilder cpuStat(int cpu, String stats) {
    return option(2, "CPU: " + cpu + "\n" + stats + "\0");
  }

  /** How cycles become ns: {@code ns = (tsc * mult >> shift) + offset}. */
  public TraceDatBuilder tscToNs(int mult, int shift, long offset) {
    ByteBuffer content = ByteBuffer.allocate(16).order(order);
    return option(14, content.putInt(mult).putInt(shift).putLong(offset).array());
  }

  /** Any option with a text. */
  public TraceDatBuilder option(int id, String text) {
    return option(id, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Any option. */
  public TraceDatBuilder option(int id, byte[] content) {
    options.u16(id).u32(content.length).bytes(content);
    return this;
  }

  /** How many CPUs the file has at least; those without pages have a size of 0. */
  public TraceDatBuilder cpus(int count) {
    cpus = Math.max(cpus, count);
    return this;
  }

  /** The pages of one CPU of the top buffer. */
  public TraceDatBuilder pages(int cpu, byte[] pages) {
    return pages("", cpu, pages);
  }

  /** The pages of one CPU of a named buffer. */
  public TraceDatBuilder pages(String buffer, int cpu, byte[] pages) {
    buffers.computeIfAbsent(buffer, name -> new TreeMap<>()).put(cpu, pages);
    return cpus(cpu + 1);
  }

  /** A named buffer without data. */
  public TraceDatBuilder buffer(String name) {
    buffers.putIfAbsent(name, new TreeMap<>());
    return this;
  }

  /** The size of a user-space long of the recorder, which says nothing about the kernel. */
  public TraceDatBuilder longBytes(int bytes) {
    longBytes = bytes;
    return this;
  }

  /** Version 7: compresses the pages, {@code pagesPerChunk} in a chunk. */
  public TraceDatBuilder compression(ChunkCodec newCodec, int newPagesPerChunk) {
    codec = newCodec;
    pagesPerChunk = newPagesPerChunk;
    return this;
  }

  /** Version 7 with a compression: the format texts and options are compressed too. */
  public TraceDatBuilder compressMetadata() {
    compressMetadata = true;
    return this;
  }

  /**
   * Version 7 with a compression: a CPU's size includes the word that counts the chunks, as current
   * trace-cmd writes it; trace-cmd 3.1.6 leaves these 4 bytes out.
   */
  public TraceDatBuilder countWordInSize() {
    countWordInSize = true;
    return this;
  }

  /** The file as version 6. */
  public byte[] version6() {
    return new TraceDat6Layout(this).build();
  }

  /** The file as version 7. */
  public byte[] version7() {
    return new TraceDat7Layout(this).build();
  }

  /**
   * The list of clocks with the file's one in brackets, as {@code trace_clock} prints it; a clock
   * of trace-cmd's own stands alone.
   */
  String clockList() {
    if (clock.equals("tsc2nsec")) {
      return "[" + clock + "]";
    }
    String all = "local global counter uptime perf mono mono_raw boot tai x86-tsc";
    return (" " + all + " ").replace(" " + clock + " ", " [" + clock + "] ").strip() + "\n";
  }

  String cmdlines() {
    return comms.entrySet().stream()
        .map(comm -> comm.getKey() + " " + comm.getValue() + "\n")
        .collect(Collectors.joining());
  }

  /** The first bytes of both versions, up to the page size. */
  ByteSink head(String version) {
    ByteSink out = new ByteSink(order);
    out.u8(0x17).u8(0x08).u8(0x44).text("tracing").string(version);
    out.u8(order == ByteOrder.BIG_ENDIAN ? 1 : 0).u8(longBytes).u32(shape.pageBytes());
    return out;
  }

  void putHeaderInfo(ByteSink out) {
    out.string("header_page").sized64(headerPage);
    out.string("header_event").sized64(PageShape.headerEventText());
  }

  void putFtraceFormats(ByteSink out) {
    out.u32(ftraceFormats.size());
    ftraceFormats.forEach(out::sized64);
  }

  void putFormats(ByteSink out) {
    Map<String, List<EventShape>> systems =
        events.stream()
            .collect(Collectors.groupingBy(EventShape::system, TreeMap::new, Collectors.toList()));
    out.u32(systems.size());
    systems.forEach(
        (system, members) -> {
          out.string(system).u32(members.size());
          members.forEach(event -> out.sized64(event.formatText()));
        });
  }
}
