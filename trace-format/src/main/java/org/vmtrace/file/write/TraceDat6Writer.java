package org.vmtrace.file.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.vmtrace.event.EventFormats;
import org.vmtrace.file.container.DatNumbers;

/**
 * Writes a trace.dat file of version 6 around pages that somebody else puts into it (their layout:
 * {@code container.TraceDat6}).
 *
 * <p>The header comes first, with all sizes 0 and room for what is known only at the end. A CPU's
 * offset is written when its data begins, its size when it ends: a file whose writer died in
 * between is one that readers know as unfinished. Not thread-safe.
 *
 * <pre>
 * long offset = writer.beginCpu(3);
 * … pages are written to the channel's file from offset on …
 * writer.endCpu(3, bytes);
 * writer.finish(stats, comms);
 * </pre>
 */
public final class TraceDat6Writer {
  /** Size of a long of this program's world; kernel longs stand in header_page. */
  private static final int LONG_BYTES = 8;

  private final FileChannel channel;
  private final TraceDat6Header header;
  private final long commsAt;
  private final long reservedOptionsAt;
  private final int reservedOptionsBytes;
  private final long tableAt;
  private long dataEnd;

  /**
   * Writes the header.
   *
   * @param channel an empty file, open for writing; it stays the caller's
   * @throws IOException if writing fails
   */
  public TraceDat6Writer(FileChannel channel, TraceDat6Header header) throws IOException {
    this.channel = channel;
    this.header = header;
    DatBytes out = new DatBytes(header.layout().endian());
    texts(out, header);
    commsAt = out.size() + (long) Long.BYTES;
    out.u64(header.commsRoom()).zeros(header.commsRoom());
    out.u32(header.cpus()).zeroTerminated(DatNumbers.OPTIONS);
    byte[] clock = text("[" + header.clock() + "]");
    out.option(DatNumbers.TRACECLOCK, clock);
    out.option(DatNumbers.UNAME, text(header.uname()));
    out.option(DatNumbers.CPUCOUNT, new DatBytes(out.endian()).u32(header.cpus()).bytes());
    if (header.recordingId() != 0) {
      byte[] id = new DatBytes(out.endian()).u64(header.recordingId()).bytes();
      out.option(DatNumbers.TRACEID, id);
    }
    reservedOptionsAt = out.size();
    out.bytes(reservedOptions(Map.of(), text(header.writer()).length + header.statsRoom()));
    reservedOptionsBytes = (int) (out.size() - reservedOptionsAt);
    out.u16(DatNumbers.DONE).zeroTerminated(DatNumbers.FLYRECORD);
    tableAt = out.size();
    out.zeros(2 * Long.BYTES * header.cpus());
    out.u64(clock.length - 1L).bytes(Arrays.copyOf(clock, clock.length - 1));
    dataEnd = out.size();
    write(out.bytes(), 0);
  }

  private static void texts(DatBytes out, TraceDat6Header header) {
    EventFormats formats = header.formats();
    out.bytes(DatNumbers.MAGIC.getBytes(StandardCharsets.US_ASCII)).zeroTerminated("6");
    out.u8(out.isBigEndian() ? 1 : 0).u8(LONG_BYTES).u32(header.layout().pageBytes());
    out.zeroTerminated(DatNumbers.HEADER_PAGE).sized(formats.headerPage());
    out.zeroTerminated(DatNumbers.HEADER_EVENT).sized(formats.headerEvent());
    out.u32(formats.texts("ftrace").size());
    formats.texts("ftrace").forEach(out::sized);
    var systems = formats.systems().stream().filter(system -> !system.equals("ftrace")).toList();
    out.u32(systems.size());
    for (String system : systems) {
      out.zeroTerminated(system).u32(formats.texts(system).size());
      formats.texts(system).forEach(out::sized);
    }
    out.u32(0).u32(0); // kallsyms, printk formats
  }

  /**
   * The statistics, as far as they fit, and the option VERSION, whose text is filled up with zeros:
   * all in all always the same size.
   */
  private byte[] reservedOptions(Map<Integer, String> stats, int versionBytes) {
    DatBytes out = new DatBytes(header.layout().endian());
    byte[] version = text(header.writer());
    int room = versionBytes;
    for (Map.Entry<Integer, String> entry : new TreeMap<>(stats).entrySet()) {
      byte[] text = text("CPU: " + entry.getKey() + "\n" + entry.getValue());
      int taken = DatBytes.OPTION_HEADER_BYTES + text.length;
      if (room - taken >= version.length) {
        out.option(DatNumbers.CPUSTAT, text);
        room -= taken;
      }
    }
    return out.option(DatNumbers.VERSION, Arrays.copyOf(version, room)).bytes();
  }

  /**
   * Begins the data of a CPU after all that was written so far.
   *
   * @return where its first page goes: an offset in the file, a multiple of the page size
   */
  public long beginCpu(int cpu) throws IOException {
    if (cpu < 0 || cpu >= header.cpus()) {
      throw new IllegalArgumentException(
          "CPU " + cpu + " of a file for " + header.cpus() + " CPUs");
    }
    long page = header.layout().pageBytes();
    long offset = (dataEnd + page - 1) / page * page;
    writeNumber(tableAt + 2L * Long.BYTES * cpu, offset);
    dataEnd = offset;
    return offset;
  }

  /**
   * Ends the data of the CPU that was begun last.
   *
   * @param bytes whole pages, from the offset that {@link #beginCpu} gave
   */
  public void endCpu(int cpu, long bytes) throws IOException {
    dataEnd += bytes;
    writeNumber(tableAt + 2L * Long.BYTES * cpu + Long.BYTES, bytes);
  }

  /**
   * Writes what is known at the end, in place of what an earlier call has written. What has no room
   * is left out.
   *
   * @param stats text of {@code per_cpu/cpuN/stats} by CPU
   * @param comms names of threads by id
   */
  public void finish(Map<Integer, String> stats, Map<Integer, String> comms) throws IOException {
    int versionBytes = reservedOptionsBytes - DatBytes.OPTION_HEADER_BYTES;
    write(reservedOptions(stats, versionBytes), reservedOptionsAt);
    DatBytes names = new DatBytes(header.layout().endian());
    for (Map.Entry<Integer, String> comm : new TreeMap<>(comms).entrySet()) {
      byte[] line = utf8(comm.getKey() + " " + comm.getValue().replace('\n', ' ') + "\n");
      if (names.size() + line.length <= header.commsRoom()) {
        names.bytes(line);
      }
    }
    write(names.zeros(header.commsRoom() - names.size()).bytes(), commsAt);
  }

  private void writeNumber(long at, long value) throws IOException {
    write(new DatBytes(header.layout().endian()).u64(value).bytes(), at);
  }

  private void write(byte[] bytes, long at) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer, at + buffer.position());
    }
  }

  private static byte[] text(String text) {
    return utf8(text + "\0");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
