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
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** The options that say how to read files. */
public final class InputOptions {
  private final OptionSpec exitEvent =
      Options.value(
              String.class,
              "SYSTEM:NAME",
              "Event that opens a latency (default: kvm:kvm_exit).",
              "--exit-event")
          .initialValue(EventPair.KVM.exitEvent())
          .build();

  private final OptionSpec entryEvent =
      Options.value(
              String.class,
              "SYSTEM:NAME",
              "Event that closes it (default: kvm:kvm_entry).",
              "--entry-event")
          .initialValue(EventPair.KVM.entryEvent())
          .build();

  private final OptionSpec reasonField =
      Options.value(
              String.class,
              "FIELD",
              "Number in the opening event to group latencies by (default: the exit reason for kvm's"
                  + " events, else none).",
              "--reason-field")
          .build();

  private final OptionSpec eventFormats =
      Options.value(
              Path.class,
              "DIR",
              "Folder with the kernel's event formats (DIR/kvm/kvm_exit/format, DIR/header_page ...),"
                  + " for files that have none: the original's and bare ring-buffer pages.",
              "--event-formats")
          .build();

  private final OptionSpec pageSize =
      Options.value(
              new SizeConverter(),
              "SIZE",
              "Size of a ring-buffer page (default: as the file says, else 4096).",
              "--page-size")
          .build();

  private final OptionSpec buffer =
      Options.value(
              String.class,
              "NAME",
              "Read only this buffer (instance) of the files, the top one if the name is empty (default:"
                  + " all of them).",
              "--buffer")
          .build();

  private final OptionSpec skipBadFiles =
      Options.flag(
          "Leave out files that cannot be read instead of failing; the summary lists them, and the"
              + " exit code is 3.",
          "--skip-bad-files");

  private final CommandSpec command;

  /** Adds the options to a command. */
  public InputOptions(CommandSpec command) {
    this.command = command;
    command
        .addOption(exitEvent)
        .addOption(entryEvent)
        .addOption(reasonField)
        .addOption(eventFormats)
        .addOption(pageSize)
        .addOption(buffer)
        .addOption(skipBadFiles);
  }

  /**
   * The options as trace-format takes them.
   *
   * @throws ParameterException if they make no sense
   * @throws IOException if the event formats cannot be read
   */
  public OpenOptions toOpenOptions() throws IOException {
    Path folder = eventFormats.getValue();
    EventFormats formats = folder == null ? null : FormatFolder.read(folder);
    return new OpenOptions(pair(), formats, pageBytes(), buffer.getValue());
  }

  /** What becomes of files that cannot be read. */
  public BadFiles badFiles() {
    return Options.isGiven(skipBadFiles) ? BadFiles.SKIP : BadFiles.FAIL;
  }

  private EventPair pair() {
    try {
      return EventPair.parse(exitEvent.getValue(), entryEvent.getValue(), reasonField.getValue());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  private int pageBytes() {
    Long size = pageSize.getValue();
    if (size == null) {
      return 0;
    }
    try {
      return PageLayout.of(Math.toIntExact(size), Endian.little()).pageBytes();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new ParameterException(
          command.commandLine(), "--page-size " + size + ": " + e.getMessage(), e);
    }
  }
}
