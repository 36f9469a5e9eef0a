package org.vmtrace.spark.input;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.BlockLocation;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.vmtrace.file.container.TraceFiles;

/**
 * Finds the files behind input paths: files, folders with all that lies below, globs. A path that
 * is there as it is written is never taken for a glob. Names that begin with a dot or an underscore
 * are hidden, unless the path itself is such a name. Links are followed; every file is found once,
 * by whatever names.
 */
public final class FileFinder {
  /** Folders in the reverse order of the files in them. */
  private static final Comparator<Path> LAST_FILES_FIRST =
      Comparator.<Path, String>comparing(folder -> folder + "/").reversed();

  private final Configuration conf;

  /** By what they really are. */
  private final Map<Path, FoundFile> found = new LinkedHashMap<>();

  /** A finder that has found nothing yet. */
  public FileFinder(Configuration conf) {
    this.conf = conf;
  }

  /** The files found so far: as the paths were given, within a folder by path. */
  public List<FoundFile> files() {
    return List.copyOf(found.values());
  }

  /**
   * Follows a path.
   *
   * @param shown what the user calls it
   * @throws FileNotFoundException if there is nothing of that name, nor anything that it matches
   * @throws IOException if it cannot be listed, or if a glob matches a name that Hadoop's globs do
   *     not take
   */
  public void find(String shown, Path path) throws IOException {
    FileSystem files = path.getFileSystem(conf);
    FileStatus status;
    try {
      status = files.getFileStatus(path);
    } catch (FileNotFoundException e) {
      findMatches(shown, path, files);
      return;
    }
    if (status.isDirectory()) {
      findBelow(shown, status.getPath(), files);
    } else {
      add(shown, status, files, true);
    }
  }

  private void findMatches(String shown, Path pattern, FileSystem files) throws IOException {
    FileStatus[] matches;
    try {
      matches = files.globStatus(pattern, path -> !TraceFiles.isHidden(path.getName()));
    } catch (IllegalArgumentException e) {
      throw new IOException(
          shown
              + ": Hadoop cannot match a file of such a name (a colon in it?); rename it, or give the"
              + " folder: "
              + e.getMessage(),
          e);
    }
    if (matches == null || matches.length == 0) {
      throw new FileNotFoundException(shown + ": no such file or folder");
    }
    Arrays.sort(matches, Comparator.comparing(FileStatus::getPath));
    for (FileStatus match : matches) {
      String name = HadoopInput.shown(match.getPath());
      if (match.isDirectory()) {
        findBelow(name, match.getPath(), files);
      } else {
        add(name, match, files, false);
      }
    }
  }

  private void findBelow(String shown, Path folder, FileSystem files) throws IOException {
    int above = folder.toUri().getPath().length();
    List<FileStatus> below = new ArrayList<>();
    for (FileStatus file :
        files instanceof LocalFileSystem ? walk(folder, files) : list(folder, files)) {
      if (!anyHidden(file.getPath().toUri().getPath().substring(above))) {
        below.add(file);
      }
    }
    below.sort(Comparator.comparing(FileStatus::getPath));
    String prefix = shown.endsWith("/") ? shown.substring(0, shown.length() - 1) : shown;
    for (FileStatus file : below) {
      String rest = file.getPath().toUri().getPath().substring(above);
      add(prefix + (rest.startsWith("/") ? rest : "/" + rest), file, files, false);
    }
  }

  /** All files below a folder, with their blocks: few calls, however many they are. */
  private static List<FileStatus> list(Path folder, FileSystem files) throws IOException {
    List<FileStatus> below = new ArrayList<>();
    RemoteIterator<LocatedFileStatus> all = files.listFiles(folder, true);
    while (all.hasNext()) {
      below.add(all.next());
    }
    return below;
  }

  /**
   * The same without blocks: without its native library, Hadoop starts a process for each local
   * file whose blocks it lists. A folder that several links lead to is entered by that path which
   * comes first in the order of the files, and only there: folders that link to each other would
   * have paths without number.
   */
  private static List<FileStatus> walk(Path top, FileSystem files) throws IOException {
    List<FileStatus> below = new ArrayList<>();
    Set<java.nio.file.Path> entered = new HashSet<>();
    Deque<Path> folders = new ArrayDeque<>(List.of(top));
    while (!folders.isEmpty()) {
      Path folder = folders.pop();
      if (!entered.add(local(folder).toRealPath())) {
        continue;
      }
      List<Path> inner = new ArrayList<>();
      for (FileStatus status : files.listStatus(folder)) {
        if (!status.isDirectory()) {
          below.add(status);
        } else if (!TraceFiles.isHidden(status.getPath().getName())) {
          inner.add(status.getPath());
        }
      }
      inner.sort(LAST_FILES_FIRST);
      inner.forEach(folders::push);
    }
    return below;
  }

  private static java.nio.file.Path local(Path path) {
    return java.nio.file.Path.of(path.toUri().getPath());
  }

  /** A path without links; where links are the file system's business, as it is. */
  private static Path identity(Path path, FileSystem files) throws IOException {
    return files instanceof LocalFileSystem ? new Path(local(path).toRealPath().toUri()) : path;
  }

  private void add(String shown, FileStatus file, FileSystem files, boolean named)
      throws IOException {
    Path identity = identity(file.getPath(), files);
    FoundFile known = found.get(identity);
    if (known == null || (named && !known.named())) {
      found.put(
          identity,
          new FoundFile(
              shown,
              file.getPath(),
              file.getLen(),
              file.getModificationTime(),
              named,
              blocks(file, files)));
    }
  }

  private static List<BlockLocation> blocks(FileStatus file, FileSystem files) throws IOException {
    BlockLocation[] blocks =
        file instanceof LocatedFileStatus located
            ? located.getBlockLocations()
            : files.getFileBlockLocations(file, 0, file.getLen());
    return blocks == null ? List.of() : List.of(blocks);
  }

  private static boolean anyHidden(String path) {
    Collection<String> names = Arrays.asList(path.split("/", -1));
    return names.stream().anyMatch(TraceFiles::isHidden);
  }
}
