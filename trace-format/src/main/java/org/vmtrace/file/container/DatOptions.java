package org.vmtrace.file.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.vmtrace.event.EventFormats;
import org.vmtrace.file.CpuStats;
import org.vmtrace.file.TraceMetadata;
import org.vmtrace.file.TscConversion;

/**
 * What the options of a trace.dat file say. Unknown ones are skipped.
 *
 * <pre>
 *  u16 id | u32 size | data          (version 6 ends the list with id 0 and no size)
 * </pre>
 */
final class DatOptions {
  private static final int MAX_TEXT = 1 << 16;

  /** Statistics of 8,192 CPUs in 30 buffers. */
  private static final int MAX_OPTIONS = 1 << 18;

  private static final int MAX_BUFFER_BYTES = 16 << 20;

  final List<CpuStats> cpuStats = new ArrayList<>();

  /** The data of the options {@link DatNumbers#BUFFER}. */
  final List<byte[]> buffers = new ArrayList<>();

  /** Offset by option id, for the sections of version 7 of which there is one. */
  final Map<Integer, Long> sections = new HashMap<>();

  /** The clock of the top buffer; is set where the buffer itself tells it. */
  String clock = "";

  boolean hasClock;

  /** Whether the file holds the text of a latency tracer. */
  boolean hasTracerText;

  /** -1 if there is no such option. */
  int cpuCount = -1;

  private String kernel = "";
  private long recordingId;
  private TscConversion tsc;
  private String statsBuffer = "";
  private int options;
  private long bufferBytes;

  /** Takes one option whose id and size have been read. */
  void read(HeaderReader reader, int id, long size) throws IOException {
    long next = reader.position() + size;
    String what = "option " + id;
    if (++options > MAX_OPTIONS) {
      throw reader.bad("there are more than " + MAX_OPTIONS + " options", "the header is damaged");
    }
    switch (id) {
      case DatNumbers.CPUSTAT -> statistics(text(reader, size, what));
      case DatNumbers.BUFFER -> {
        bufferBytes += size;
        buffers.add(
            reader.bytes(size, (int) Math.max(0, MAX_BUFFER_BYTES - bufferBytes + size), what));
      }
      case DatNumbers.TRACECLOCK -> {
        hasClock = true;
        clock = currentClock(text(reader, size, what));
      }
      case DatNumbers.UNAME -> kernel = text(reader, size, what);
      case DatNumbers.CPUCOUNT ->
          // The same number was used by others for something longer.
          cpuCount =
              size == Integer.BYTES
                  ? (int) Math.min(reader.u32(what), Integer.MAX_VALUE)
                  : cpuCount;
      case DatNumbers.TRACEID -> recordingId = size >= Long.BYTES ? reader.u64(what) : recordingId;
      case DatNumbers.TSC2NSEC -> {
        if (size >= 2 * Integer.BYTES + Long.BYTES) {
          long mult = reader.u32(what);
          TscConversion read = new TscConversion(mult, reader.u32(what), reader.u64(what));
          // A recorder that does not know the multiplier leaves 0: then nothing can be converted.
          tsc = mult == 0 ? null : read;
        }
      }
      case DatNumbers.HEADER_INFO,
          DatNumbers.FTRACE_EVENTS,
          DatNumbers.EVENT_FORMATS,
          DatNumbers.CMDLINES -> {
        if (size >= Long.BYTES) {
          sections.put(id, reader.u64(what));
        }
      }
      case DatNumbers.BUFFER_TEXT -> hasTracerText = true;
      default -> {}
    }
    reader.skip(next - reader.position(), what);
  }

  private static String text(HeaderReader reader, long size, String what) throws IOException {
    String text = reader.text(size, MAX_TEXT, what);
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }

  /** The name in brackets of {@code local [mono] boot}; a text without brackets is the name. */
  static String currentClock(String text) {
    int open = text.indexOf('[');
    int close = text.indexOf(']', open + 1);
    return open >= 0 && close > open ? text.substring(open + 1, close) : text.strip();
  }

  /** One CPU's statistics, or the line {@code Buffer: NAME} before those of an instance. */
  private void statistics(String text) {
    Map<String, String> values = new HashMap<>();
    for (String line : (Iterable<String>) text.lines()::iterator) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        values.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
      }
    }
    statsBuffer = values.getOrDefault("Buffer", statsBuffer);
    long cpu = statistic(values, "CPU");
    if (cpu >= 0 && cpu <= Integer.MAX_VALUE) {
      cpuStats.add(
          new CpuStats(
              statsBuffer,
              (int) cpu,
              statistic(values, "entries"),
              statistic(values, "overrun"),
              statistic(values, "commit overrun"),
              statistic(values, "dropped events"),
              statistic(values, "read events")));
    }
  }

  private static long statistic(Map<String, String> values, String key) {
    try {
      return Math.max(CpuStats.UNKNOWN, Long.parseLong(values.getOrDefault(key, "-1")));
    } catch (NumberFormatException e) {
      return CpuStats.UNKNOWN;
    }
  }

  /** What the file says about its recording. */
  TraceMetadata metadata(
      String container, Map<Integer, String> comms, EventFormats formats, Findings findings) {
    return new TraceMetadata(
        container,
        kernel,
        host(),
        clock,
        recordingId,
        comms,
        cpuStats,
        tsc,
        formats,
        findings.warnings(),
        findings.isDamaged());
  }

  /** The second word of {@code Linux NODE 6.1.0 …}. */
  private String host() {
    String[] words = kernel.split(" ", 3);
    return words.length > 1 ? words[1] : "";
  }
}
