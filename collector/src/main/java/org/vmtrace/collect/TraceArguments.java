package org.vmtrace.collect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.vmtrace.cli.ErrorText;
import org.vmtrace.file.LocalInput;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.file.TraceFile;
import org.vmtrace.file.TraceFiles;
import org.vmtrace.recording.BadFiles;

/** Finds the traces that the user names: files, and folders for all traces in them. */
final class TraceArguments {
  private final OpenOptions options;
  private final BadFiles badFiles;
  private final Consumer<String> complain;
  private final List<Path> files = new ArrayList<>();
  private boolean complete = true;

  /**
   * A search.
   *
   * @param options how files will be read
   * @param badFiles what becomes of traces that cannot be read: those to be skipped are found, too,
   *     for the analysis to tell of
   * @param complain takes a line for each broken trace of a folder
   */
  TraceArguments(OpenOptions options, BadFiles badFiles, Consumer<String> complain) {
    this.options = options;
    this.badFiles = badFiles;
    this.complain = complain;
  }

  /**
   * Takes an argument.
   *
   * @throws IOException if it is a file that cannot be read or is no trace, or a folder without a
   *     trace
   */
  void add(Path argument) throws IOException {
    if (Files.isDirectory(argument)) {
      addFolder(argument);
    } else {
      if (badFiles == BadFiles.FAIL) {
        open(argument, options).close();
      }
      files.add(argument);
    }
  }

  /** The traces, in the order in which they were found. */
  List<Path> files() {
    return files;
  }

  /** Whether there was no broken trace among them. */
  boolean isComplete() {
    return complete;
  }

  private void addFolder(Path folder) throws IOException {
    List<Path> entries;
    try (Stream<Path> list = Files.list(folder)) {
      entries = list.filter(Files::isRegularFile).sorted().toList();
    }
    int before = files.size();
    for (Path entry : entries) {
      if (isTrace(entry)) {
        addFound(entry);
      }
    }
    if (files.size() == before) {
      throw new IOException(
          folder
              + ": there is no trace that can be read in this folder; name a folder with"
              + " trace.dat or vm-trace files");
    }
  }

  private void addFound(Path entry) {
    if (badFiles == BadFiles.SKIP) {
      files.add(entry);
      return;
    }
    try {
      open(entry, options).close();
      files.add(entry);
    } catch (IOException e) {
      complete = false;
      complain.accept(ErrorText.of(e));
    }
  }

  /** Whether a file of a folder is a trace, whole or not; other files may lie beside traces. */
  private boolean isTrace(Path entry) throws IOException {
    try (LocalInput input = LocalInput.open(entry)) {
      if (TraceFiles.isTrace(input)) {
        return true;
      }
    }
    if (options.formats() == null) {
      return false;
    }
    try (TraceFile pages = open(entry, options)) {
      return !pages.streams().isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  static TraceFile open(Path path, OpenOptions options) throws IOException {
    LocalInput input = LocalInput.open(path);
    try {
      return TraceFiles.open(input, options);
    } catch (IOException | RuntimeException e) {
      input.close();
      throw e;
    }
  }
}
