package org.vmtrace.collect.capture;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.vmtrace.collect.splice.Pipe;
import org.vmtrace.collect.splice.SystemCalls;
import org.vmtrace.collect.tracefs.TraceInstance;

/** The files of a capture, one for each traced CPU, from their first byte to their last. */
final class CaptureFiles implements AutoCloseable {
  private final SystemCalls calls;
  private final CaptureSettings settings;
  private final RecordingFormat format;
  private final List<CpuCapture> cpus = new ArrayList<>();

  /** No files yet. */
  CaptureFiles(SystemCalls calls, CaptureSettings settings, RecordingFormat format) {
    this.calls = calls;
    this.settings = settings;
    this.format = format;
  }

  /**
   * Checks whether the names are free for a capture's files.
   *
   * @throws IOException if one belongs to something that is not replaced
   */
  static void requireReplaceable(CaptureSettings settings) throws IOException {
    for (int cpu : settings.traced().stream().toArray()) {
      OutputFile.requireReplaceable(settings.outputOf(cpu));
    }
    if (settings.merge()) {
      MergedTrace.requirePossible(settings.output());
    } else {
      OutputFile.requireReplaceable(settings.output());
    }
  }

  /**
   * Makes the files and opens the ring buffers.
   *
   * @param pipe through which all pages go, one CPU's after another's
   */
  void open(TraceInstance instance, Pipe pipe) throws IOException {
    for (int cpu : settings.traced().stream().toArray()) {
      OutputFile file = OutputFile.create(calls, settings.outputOf(cpu));
      int pageBytes = format.layout().pageBytes();
      cpus.add(CpuCapture.open(calls, instance, cpu, pageBytes, pipe, file, this::container));
    }
  }

  private Container container(OutputFile file, int cpu) throws IOException {
    return settings.originalFormat()
        ? new OriginalContainer(file.channel(), format.schema().fields())
        : new Dat6Container(file.channel(), format.header(), cpu);
  }

  /** By number of the CPU. */
  List<CpuCapture> cpus() {
    return cpus;
  }

  /** Bytes of pages in all files so far; from any thread. */
  long bytes() {
    return cpus.stream().mapToLong(cpu -> cpu.mover().fileBytes()).sum();
  }

  /**
   * Lets go of all ring buffers, whose recording has ended.
   *
   * @throws IOException if the kernel does not tell what it counted; they are closed all the same
   */
  void leave(TraceInstance instance) throws IOException {
    IOException failure = null;
    for (CpuCapture cpu : cpus) {
      try {
        cpu.leave(instance);
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Completes the files, so that every reader can read them. */
  void finish() throws IOException {
    for (CpuCapture cpu : cpus) {
      cpu.finish();
    }
  }

  /**
   * Checks whether the files are what their names lead to.
   *
   * @throws FileSystemException if one is not
   */
  void requireNames() throws IOException {
    for (CpuCapture cpu : cpus) {
      if (!cpu.file().hasItsName()) {
        throw new FileSystemException(
            cpu.file().path().toString(),
            null,
            "is not the file that was recorded: somebody moved, removed or replaced that one");
      }
    }
  }

  /** Adds names of threads, and the statistics; again when it is known better which matter. */
  void describe(Map<Integer, String> names) throws IOException {
    for (CpuCapture cpu : cpus) {
      cpu.describe(names);
    }
  }

  /** Removes them, as far as their names still lead to them, and closes them. */
  void discard() throws IOException {
    for (CpuCapture cpu : cpus) {
      cpu.file().discard();
    }
  }

  /**
   * Makes one file of them, and removes them then.
   *
   * @throws IOException if that fails; they stay
   */
  void merge(Map<Integer, String> names) throws IOException {
    List<MergedTrace.Part> parts = new ArrayList<>();
    for (CpuCapture cpu : cpus) {
      parts.add(
          new MergedTrace.Part(
              cpu.cpu(), cpu.file().channel(), cpu.offset(), cpu.bytes(), cpu.statsText()));
    }
    MergedTrace.write(calls, settings.output(), format.header(), parts, names);
    discard();
  }

  @Override
  public void close() throws IOException {
    for (CpuCapture cpu : cpus) {
      cpu.close();
    }
  }
}
