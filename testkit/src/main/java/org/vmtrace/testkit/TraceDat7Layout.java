package org.vmtrace.testkit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Version 7 of trace.dat (fact sheet, section 3.2): a short head, then sections anywhere, found by
 * the options. Two option sections are written, the second one with the buffers, so that a reader
 * has to follow the chain.
 */
final class TraceDat7Layout {
  private static final int BUFFER = 3;
  private static final int COMPRESSED = 1;

  /** Where one CPU's pages stand in the file. */
  private record Place(int cpu, long offset, long bytes) {}

  private final TraceDatBuilder file;
  private final ByteSink out;
  private final boolean compressed;

  TraceDat7Layout(TraceDatBuilder file) {
    this.file = file;
    this.out = file.head("7");
    this.compressed = file.codec.pack() != null;
  }

  byte[] build() {
    out.string(file.codec.name()).string(file.codec.version());
    int firstOptionsSlot = out.size();
    out.u64(0);
    ByteSink options = new ByteSink(file.order);
    for (int id = 16; id <= 21; id++) {
      options.u16(id).u32(8).u64(out.size());
      section(id, content(id));
    }
    if (!file.clock.isEmpty()) {
      byte[] list = new ByteSink(file.order).string(file.clockList()).toBytes();
      options.u16(TraceDatBuilder.OPTION_TRACECLOCK).u32(list.length).bytes(list);
    }
    options.bytes(file.options.toBytes());
    List<byte[]> buffers = new ArrayList<>();
    file.buffers.forEach((name, pages) -> buffers.add(buffer(name, pages)));
    ByteSink last = new ByteSink(file.order);
    buffers.forEach(option -> last.u16(BUFFER).u32(option.length).bytes(option));
    long lastOffset = out.size();
    section(0, last.u16(0).u32(8).u64(0).toBytes());
    long firstOffset = out.size();
    section(0, options.u16(0).u32(8).u64(lastOffset).toBytes());
    ByteBuffer bytes = ByteBuffer.wrap(out.toBytes()).order(file.order);
    return bytes.putLong(firstOptionsSlot, firstOffset).array();
  }

  private byte[] content(int id) {
    ByteSink content = new ByteSink(file.order);
    Consumer<ByteSink> writer =
        switch (id) {
          case 16 -> file::putHeaderInfo;
          case 17 -> file::putFtraceFormats;
          case 18 -> file::putFormats;
          case 19 -> sink -> sink.sized32(file.kallsyms);
          case 20 -> sink -> sink.sized32(file.printk);
          default -> sink -> sink.sized64(file.cmdlines());
        };
    writer.accept(content);
    return content.toBytes();
  }

  /** Section head: u16 id, u16 flags, u32 string id, u64 bytes after this head. */
  private void section(int id, byte[] content) {
    boolean pack = compressed && file.compressMetadata;
    byte[] stored = content;
    if (pack) {
      byte[] packed = file.codec.pack().apply(content);
      ByteSink sink = new ByteSink(file.order);
      stored = sink.u32(packed.length).u32(content.length).bytes(packed).toBytes();
    }
    out.u16(id).u16(pack ? COMPRESSED : 0).u32(0).u64(stored.length).bytes(stored);
  }

  /** Writes a buffer's section and gives the option that points to it. */
  private byte[] buffer(String name, Map<Integer, byte[]> pages) {
    long sectionOffset = out.size();
    ByteSink section = new ByteSink(file.order);
    long start = sectionOffset + 16;
    List<Place> places = new ArrayList<>();
    for (Map.Entry<Integer, byte[]> entry : pages.entrySet()) {
      while (!compressed && (start + section.size()) % file.shape.pageBytes() != 0) {
        section.u8(0);
      }
      long offset = start + section.size();
      if (compressed) {
        putChunks(section, entry.getValue());
      } else {
        section.bytes(entry.getValue());
      }
      long bytes = start + section.size() - offset;
      places.add(
          new Place(
              entry.getKey(), offset, compressed && !file.countWordInSize ? bytes - 4 : bytes));
    }
    out.u16(BUFFER).u16(compressed ? COMPRESSED : 0).u32(0).u64(section.size());
    out.bytes(section.toBytes());
    ByteSink option = new ByteSink(file.order);
    option.u64(sectionOffset).string(name).string(file.clock);
    option.u32(file.shape.pageBytes()).u32(places.size());
    places.forEach(place -> option.u32(place.cpu()).u64(place.offset()).u64(place.bytes()));
    return option.toBytes();
  }

  /** u32 chunks, then for each u32 packed bytes, u32 plain bytes, the packed pages. */
  private void putChunks(ByteSink section, byte[] pages) {
    int chunkBytes = file.pagesPerChunk * file.shape.pageBytes();
    section.u32((pages.length + chunkBytes - 1) / chunkBytes);
    for (int at = 0; at < pages.length; at += chunkBytes) {
      byte[] plain = Arrays.copyOfRange(pages, at, Math.min(pages.length, at + chunkBytes));
      byte[] packed = file.codec.pack().apply(plain);
      section.u32(packed.length).u32(plain.length).bytes(packed);
    }
  }
}
