package org.vmtrace.collect.capture;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Map;
import org.vmtrace.file.write.TraceDat6Header;
import org.vmtrace.file.write.TraceDat6Writer;

/** A trace.dat file of version 6 that holds one CPU. */
final class Dat6Container implements Container {
  private final TraceDat6Writer writer;
  private final int cpu;
  private final long dataOffset;

  /** Writes the header into an empty file. */
  Dat6Container(FileChannel channel, TraceDat6Header header, int cpu) throws IOException {
    this.writer = new TraceDat6Writer(channel, header);
    this.cpu = cpu;
    this.dataOffset = writer.beginCpu(cpu);
  }

  @Override
  public long dataOffset() {
    return dataOffset;
  }

  @Override
  public void finish(long bytes) throws IOException {
    writer.endCpu(cpu, bytes);
  }

  @Override
  public void describe(String stats, Map<Integer, String> comms) throws IOException {
    writer.finish(Map.of(cpu, stats), comms);
  }
}
