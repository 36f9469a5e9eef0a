package org.vmtrace.collect;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.vmtrace.cli.ErrorText;
import org.vmtrace.cli.ExitCodes;
import org.vmtrace.collect.check.CheckJson;
import org.vmtrace.collect.check.CheckText;
import org.vmtrace.collect.check.FileCheck;
import org.vmtrace.collect.console.LineOutput;
import org.vmtrace.collect.console.ProgressLine;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.recording.BadFiles;

/** What {@code --check} does: walks files and tells what is wrong with them. */
final class CheckCommand {
  private final OpenOptions options;
  private final PrintStream terminal;
  private final Consumer<String> complain;
  private final List<Path> files = new ArrayList<>();
  private final List<FileCheck> checks = new ArrayList<>();
  private final List<String> refusals = new ArrayList<>();

  /**
   * A check.
   *
   * @param options how to read the files
   * @param terminal where progress is shown; null for nowhere
   * @param complain takes one line for each file that cannot be read at all
   */
  CheckCommand(OpenOptions options, PrintStream terminal, Consumer<String> complain) {
    this.options = options;
    this.terminal = terminal;
    this.complain = complain;
  }

  /**
   * Walks the files and prints what was found, file by file.
   *
   * @param arguments files, and folders for all traces in them
   * @return {@link ExitCodes#DONE} if all is well, {@link ExitCodes#INCOMPLETE} if not, {@link
   *     ExitCodes#FAILED} if a file cannot be read at all
   * @throws IOException if the report cannot be written
   */
  int printText(List<Path> arguments, LineOutput out) throws IOException {
    walk(
        arguments,
        check -> {
          out.escaped(checks.isEmpty() ? "" : "\n\n").escaped(CheckText.of(check));
          out.flush();
        });
    return exitCode();
  }

  /** The same as one JSON document about all files. */
  int printJson(List<Path> arguments, LineOutput out) throws IOException {
    walk(arguments, check -> {});
    out.bytes(CheckJson.bytes(checks, refusals)).flush();
    return exitCode();
  }

  /** Takes each file as soon as it was walked. */
  private interface Sink {
    void accept(FileCheck check) throws IOException;
  }

  private void walk(List<Path> arguments, Sink sink) throws IOException {
    arguments.forEach(this::add);
    try (ProgressLine progress = new ProgressLine(terminal, bytes())) {
      for (Path file : files) {
        FileCheck check;
        try {
          check = FileCheck.of(file, options, progress::advanced);
        } catch (IOException e) {
          refuse(e);
          continue;
        }
        sink.accept(check);
        checks.add(check);
      }
    }
  }

  private int exitCode() {
    if (!refusals.isEmpty()) {
      return ExitCodes.FAILED;
    }
    return checks.stream().allMatch(FileCheck::isWell) ? ExitCodes.DONE : ExitCodes.INCOMPLETE;
  }

  private void add(Path argument) {
    if (!Files.isDirectory(argument)) {
      files.add(argument);
      return;
    }
    TraceArguments traces = new TraceArguments(options, BadFiles.SKIP);
    try {
      traces.add(argument);
      files.addAll(traces.files());
    } catch (IOException e) {
      refuse(e);
    }
  }

  private void refuse(IOException failure) {
    refuse(ErrorText.of(failure));
  }

  private void refuse(String sentence) {
    refusals.add(sentence);
    complain.accept(sentence);
  }

  private long bytes() {
    return files.stream().mapToLong(file -> file.toFile().length()).sum();
  }
}
