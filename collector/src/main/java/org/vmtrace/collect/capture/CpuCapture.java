package org.vmtrace.collect.capture;

import java.io.IOException;
import java.util.Map;
import org.vmtrace.collect.splice.Descriptor;
import org.vmtrace.collect.splice.KernelException;
import org.vmtrace.collect.splice.PageMover;
import org.vmtrace.collect.splice.Pipe;
import org.vmtrace.collect.splice.SystemCalls;
import org.vmtrace.collect.tracefs.BufferStats;
import org.vmtrace.collect.tracefs.TraceInstance;
import org.vmtrace.file.LocalInput;
import org.vmtrace.file.SeekableInput;

/** One CPU of a recording: its ring buffer, its file, and the way between them. */
final class CpuCapture implements AutoCloseable {
  private final SystemCalls calls;
  private final int cpu;
  private final int pageBytes;
  private final OutputFile file;
  private final Container container;
  private final Descriptor raw;
  private final PageMover mover;
  private String statsText = "";
  private long bytes;

  private CpuCapture(
      SystemCalls calls,
      int cpu,
      int pageBytes,
      OutputFile file,
      Container container,
      Descriptor raw,
      PageMover mover) {
    this.calls = calls;
    this.cpu = cpu;
    this.pageBytes = pageBytes;
    this.file = file;
    this.container = container;
    this.raw = raw;
    this.mover = mover;
  }

  /** Writes the header of an empty file. */
  interface ContainerMaker {
    Container make(OutputFile file, int cpu) throws IOException;
  }

  /**
   * Opens both ends.
   *
   * @param file empty; belongs to the result, also if this fails
   */
  static CpuCapture open(
      SystemCalls calls,
      TraceInstance instance,
      int cpu,
      int pageBytes,
      Pipe pipe,
      OutputFile file,
      ContainerMaker maker)
      throws IOException {
    try {
      Container container = maker.make(file, cpu);
      file.seek(container.dataOffset());
      Descriptor raw =
          Descriptor.open(
              calls,
              instance.rawFile(cpu).toString(),
              SystemCalls.OPEN_READ | SystemCalls.OPEN_NONBLOCK,
              0);
      PageMover mover = new PageMover(calls, raw, pipe, file.descriptor(), pageBytes);
      return new CpuCapture(calls, cpu, pageBytes, file, container, raw, mover);
    } catch (IOException | RuntimeException e) {
      file.discard();
      throw e;
    }
  }

  int cpu() {
    return cpu;
  }

  OutputFile file() {
    return file;
  }

  Descriptor raw() {
    return raw;
  }

  PageMover mover() {
    return mover;
  }

  /** Where the pages begin in the file. */
  long offset() {
    return container.dataOffset();
  }

  /** Bytes of whole pages, once the recording has ended. */
  long bytes() {
    return bytes;
  }

  /** The kernel's statistics as text, once the recording has ended. */
  String statsText() {
    return statsText;
  }

  /** The file, to be read while it is written; not to be closed by who reads. */
  SeekableInput input() {
    return LocalInput.of(file.path(), file.channel());
  }

  /**
   * Lets go of the ring buffer, whose recording has ended.
   *
   * @param instance tells what the kernel counted
   */
  void leave(TraceInstance instance) throws IOException {
    try {
      statsText = instance.stats(cpu);
    } finally {
      raw.close();
    }
  }

  /** Completes the file: what a full disk has left of a page is cut off. */
  void finish() throws IOException {
    bytes = mover.fileBytes() / pageBytes * pageBytes;
    int result = calls.truncate(file.descriptor().number(), offset() + bytes);
    if (result < 0) {
      throw new KernelException("cannot cut " + file.path(), -result);
    }
    container.finish(bytes);
  }

  /** Adds names of threads, and the statistics. */
  void describe(Map<Integer, String> comms) throws IOException {
    container.describe(statsText, comms);
  }

  /** What was recorded. */
  RecordedCpu recorded() {
    return new RecordedCpu(cpu, file.path(), bytes, BufferStats.parse(statsText));
  }

  @Override
  public void close() throws IOException {
    raw.close();
    file.close();
  }
}
