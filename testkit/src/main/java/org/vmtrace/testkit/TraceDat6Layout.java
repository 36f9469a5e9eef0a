package org.vmtrace.testkit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Version 6 of trace.dat, byte by byte (fact sheet, section 3.1): texts, options, a table of
 * (offset, size) with one entry for each CPU, then the pages. Further buffers follow in the same
 * way; an option holds where.
 */
final class TraceDat6Layout {
  private static final int OPTION_BUFFER = 3;

  private final TraceDatBuilder file;
  private final Map<String, Integer> offsetSlots = new HashMap<>();

  TraceDat6Layout(TraceDatBuilder file) {
    this.file = file;
  }

  byte[] build() {
    ByteSink out = file.head("6");
    file.putHeaderInfo(out);
    file.putFtraceFormats(out);
    file.putFormats(out);
    out.sized32(file.kallsyms).sized32(file.printk).sized64(file.cmdlines());
    out.u32(file.cpus).text("options  ").u8(0);
    putOptions(out);
    putBuffer(out, "");
    Map<String, Integer> offsets = new HashMap<>();
    for (String name : file.buffers.keySet()) {
      if (!name.isEmpty()) {
        offsets.put(name, out.size());
        putBuffer(out, name);
      }
    }
    ByteBuffer patches = ByteBuffer.wrap(out.toBytes()).order(file.order);
    for (Map.Entry<String, Integer> offset : offsets.entrySet()) {
      patches.putLong(offsetSlots.get(offset.getKey()), offset.getValue());
    }
    return patches.array();
  }

  private void putOptions(ByteSink out) {
    if (!file.clock.isEmpty()) {
      byte[] list = (file.clockList() + "\0").getBytes(StandardCharsets.UTF_8);
      out.u16(TraceDatBuilder.OPTION_TRACECLOCK).u32(list.length).bytes(list);
    }
    out.bytes(file.options.toBytes());
    for (String name : file.buffers.keySet()) {
      if (!name.isEmpty()) {
        byte[] string = (name + "\0").getBytes(StandardCharsets.UTF_8);
        out.u16(OPTION_BUFFER).u32(8 + string.length);
        offsetSlots.put(name, out.size());
        out.u64(0).bytes(string);
      }
    }
    out.u16(0);
  }

  private void putBuffer(ByteSink out, String name) {
    out.string("flyrecord");
    Map<Integer, byte[]> pages = file.buffers.get(name);
    int tableBytes = 16 * file.cpus;
    String clock = file.clockList();
    int clockBytes = file.clock.isEmpty() ? 0 : 8 + clock.length();
    long offset = roundUp(out.size() + tableBytes + clockBytes);
    for (int cpu = 0; cpu < file.cpus; cpu++) {
      long size = pages.getOrDefault(cpu, new byte[0]).length;
      out.u64(offset).u64(size);
      offset = roundUp(offset + size);
    }
    if (!file.clock.isEmpty()) {
      out.sized64(clock);
    }
    for (int cpu = 0; cpu < file.cpus; cpu++) {
      out.align(file.shape.pageBytes());
      out.bytes(pages.getOrDefault(cpu, new byte[0]));
    }
  }

  private long roundUp(long offset) {
    int unit = file.shape.pageBytes();
    return (offset + unit - 1) / unit * unit;
  }
}
