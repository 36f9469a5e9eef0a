package org.vmtrace.collect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.vmtrace.file.LocalInput;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.file.TraceFile;
import org.vmtrace.file.TraceFiles;
import org.vmtrace.recording.BadFiles;

/** Finds the traces that the user names: files, and folders for all traces in them. */
final class TraceArguments {
  private final OpenOptions options;
  private final BadFiles badFiles;
  private final List<Path> files = new ArrayList<>();
  private boolean anyFolder;

  /**
   * A search.
   *
   * @param options how files will be read
   * @param badFiles what becomes of traces that are named and cannot be read
   */
  TraceArguments(OpenOptions options, BadFiles badFiles) {
    this.options = options;
    this.badFiles = badFiles;
  }

  /**
   * Takes an argument.
   *
   * @throws IOException if it is a file that cannot be read or is no trace, and not to be skipped,
   *     or a folder without a trace
   */
  void add(Path argument) throws IOException {
    if (argument.toString().isEmpty()) {
      throw new IOException("the name of a trace is empty: give a file, or a folder such as .");
    }
    if (Files.isDirectory(argument)) {
      anyFolder = true;
      addFolder(argument);
    } else {
      if (badFiles == BadFiles.FAIL) {
        TraceFiles.open(argument, options).close();
      }
      files.add(argument);
    }
  }

  /** The traces, in the order in which they were found. */
  List<Path> files() {
    return files;
  }

  /**
   * What is to become of those of the {@link #files} that cannot be read: of a folder's traces the
   * others are read, and they are told of. Those that were named could be opened, or are to be
   * skipped, too.
   */
  BadFiles badFiles() {
    return anyFolder ? BadFiles.SKIP : badFiles;
  }

  private void addFolder(Path folder) throws IOException {
    List<Path> entries;
    try (Stream<Path> list = Files.list(folder)) {
      entries = list.filter(Files::isRegularFile).sorted().toList();
    }
    int before = files.size();
    for (Path entry : entries) {
      if (isTrace(entry)) {
        files.add(entry);
      }
    }
    if (files.size() == before) {
      throw new IOException(
          folder
              + ": there is no trace that can be read in this folder; name a folder with"
              + " trace.dat or vm-trace files");
    }
  }

  /**
   * Whether a file of a folder is a trace, whole or not; other files may lie beside traces. What
   * cannot be read may be one.
   */
  private boolean isTrace(Path entry) {
    try (LocalInput input = LocalInput.open(entry)) {
      if (TraceFiles.isTrace(input)) {
        return true;
      }
    } catch (IOException e) {
      return true;
    }
    if (options.formats() == null) {
      return false;
    }
    try (TraceFile pages = TraceFiles.open(entry, options)) {
      return !pages.streams().isEmpty();
    } catch (IOException e) {
      return false;
    }
  }
}
