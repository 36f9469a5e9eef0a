package org.vmtrace.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.vmtrace.event.EventFormats;
import org.vmtrace.event.EventPair;
import org.vmtrace.event.FormatFolder;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.recording.BadFiles;
import org.vmtrace.ring.Endian;
import org.vmtrace.ring.PageLayout;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that say how to read files. */
public final class InputOptions {
  @Option(
      names = "--exit-event",
      paramLabel = "SYSTEM:NAME",
      description = "Event that opens a latency (default: kvm:kvm_exit).")
  private String exitEvent = EventPair.KVM.exitEvent();

  @Option(
      names = "--entry-event",
      paramLabel = "SYSTEM:NAME",
      description = "Event that closes it (default: kvm:kvm_entry).")
  private String entryEvent = EventPair.KVM.entryEvent();

  @Option(
      names = "--reason-field",
      paramLabel = "FIELD",
      description =
          "Number in the opening event to group latencies by (default: the exit reason for kvm's"
              + " events, else none).")
  private String reasonField;

  @Option(
      names = "--event-formats",
      paramLabel = "DIR",
      description =
          "Folder with the kernel's event formats (DIR/kvm/kvm_exit/format, DIR/header_page ...),"
              + " for files that have none: the original's and bare ring-buffer pages.")
  private Path eventFormats;

  @Option(
      names = "--page-size",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description = "Size of a ring-buffer page (default: as the file says, else 4096).")
  private Long pageSize;

  @Option(
      names = "--buffer",
      paramLabel = "NAME",
      description = "Read only this buffer (instance) of the files (default: all of them).")
  private String buffer;

  @Option(
      names = "--skip-bad-files",
      description =
          "Leave out files that cannot be read instead of failing; the summary lists them, and the"
              + " exit code is 3.")
  private boolean skipBadFiles;

  @Spec(Target.MIXEE)
  private CommandSpec command;

  /**
   * The options as trace-format takes them.
   *
   * @throws ParameterException if they make no sense
   * @throws IOException if the event formats cannot be read
   */
  public OpenOptions toOpenOptions() throws IOException {
    EventFormats formats = eventFormats == null ? null : FormatFolder.read(eventFormats);
    return new OpenOptions(pair(), formats, pageBytes(), buffer);
  }

  /** What becomes of files that cannot be read. */
  public BadFiles badFiles() {
    return skipBadFiles ? BadFiles.SKIP : BadFiles.FAIL;
  }

  private EventPair pair() {
    try {
      return EventPair.parse(exitEvent, entryEvent, reasonField);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  private int pageBytes() {
    if (pageSize == null) {
      return 0;
    }
    try {
      return PageLayout.of(Math.toIntExact(pageSize), Endian.little()).pageBytes();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new ParameterException(
          command.commandLine(), "--page-size " + pageSize + ": " + e.getMessage(), e);
    }
  }
}
