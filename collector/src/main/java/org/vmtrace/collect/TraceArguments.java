package org.vmtrace.collect;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vmtrace.file.LocalInput;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.file.TraceFile;
import org.vmtrace.file.container.TraceFiles;
import org.vmtrace.recording.BadFiles;

/**
 * Finds the traces that the user names: files, and folders for all traces that lie below them, as
 * vm-trace-analyze does. In a folder names that begin with a dot or an underscore are hidden. Links
 * are followed; every file is found once, by whatever names.
 */
final class TraceArguments {
  private final OpenOptions options;
  private final BadFiles badFiles;

  /** By what they really are, through links. */
  private final Map<Path, Path> files = new LinkedHashMap<>();

  /** Those that are no folders. */
  private final List<Path> named = new ArrayList<>();

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
   * @throws IOException if it is a folder without a trace
   */
  void add(Path argument) throws IOException {
    if (argument.toString().isEmpty()) {
      throw new IOException("the name of a trace is empty: give a file, or a folder such as .");
    }
    if (Files.isDirectory(argument)) {
      anyFolder = true;
      addFolder(argument);
    } else {
      named.add(argument);
      files.putIfAbsent(identity(argument), argument);
    }
  }

  /** The traces, in the order in which they were found. */
  List<Path> files() {
    return List.copyOf(files.values());
  }

  /**
   * What is to become of those of the {@link #files} that cannot be read: of a folder's traces the
   * others are read, and they are told of.
   *
   * @throws IOException if such a file was named beside a folder, and is not to be skipped
   */
  BadFiles badFiles() throws IOException {
    if (!anyFolder) {
      return badFiles;
    }
    if (badFiles == BadFiles.FAIL) {
      for (Path file : named) {
        TraceFiles.open(file, options).close();
      }
    }
    return BadFiles.SKIP;
  }

  private void addFolder(Path folder) throws IOException {
    boolean any = false;
    for (Path file : below(folder)) {
      if (isTrace(file)) {
        files.putIfAbsent(identity(file), file);
        any = true;
      }
    }
    if (!any) {
      throw new IOException(
          folder
              + ": there is no trace that can be read below this folder; name a folder with"
              + " trace.dat or vm-trace files");
    }
  }

  /** The files below a folder that are not hidden, by path. */
  private static List<Path> below(Path folder) throws IOException {
    List<Path> below = new ArrayList<>();
    Files.walkFileTree(
        folder,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) {
            return inner.equals(folder) || !isHidden(inner)
                ? FileVisitResult.CONTINUE
                : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!isHidden(file) && Files.isRegularFile(file)) {
              below.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path path, IOException cause) throws IOException {
            boolean leadsBack = cause instanceof FileSystemLoopException;
            boolean gone = cause instanceof NoSuchFileException;
            if (leadsBack || (!path.equals(folder) && (gone || isHidden(path)))) {
              return FileVisitResult.CONTINUE;
            }
            throw cause;
          }
        });
    Collections.sort(below);
    return below;
  }

  private static boolean isHidden(Path path) {
    return TraceFiles.isHidden(path.getFileName().toString());
  }

  /** What a file really is; of one that is not there, its name. */
  private static Path identity(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file.toAbsolutePath();
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
