package org.vmtrace.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.vmtrace.latency.summary.Summary;
import org.vmtrace.report.SummaryJson;
import org.vmtrace.report.SummaryText;
import org.vmtrace.spark.cluster.Failures;
import org.vmtrace.spark.plan.UserPaths;

/**
 * The folder of a result. What is in it is whole once {@code summary.json} is there: that file
 * comes last, and goes first when a result is replaced.
 */
final class ResultFolder {
  private static final String JSON = "summary.json";

  /** Where a summary for people is complete. */
  static final String REST = "see " + JSON;

  private static final String TEXT = "summary.txt";
  private static final String SUCCESS = "_SUCCESS";

  /** The folder in which Hadoop's committers let tasks work. */
  private static final String TEMPORARY = "_temporary";

  /** How the folders begin in which S3's magic committer lets them: Hadoop's MagicCommitPaths. */
  private static final String MAGIC = "__magic";

  private static final Set<String> TABLES = Set.of("latencies", "windows");
  private static final Set<String> OTHERS =
      Set.of(JSON, TEXT, SUCCESS, TEMPORARY, "_" + JSON, "_" + TEXT);

  private final String shown;
  private final Path path;
  private final FileSystem files;
  private boolean isNew;

  private ResultFolder(String shown, Path path, FileSystem files) {
    this.shown = shown;
    this.path = path;
    this.files = files;
  }

  /**
   * Looks whether a result may and can be written to a folder. What is there stays as it is.
   *
   * @param shown what the user calls it
   * @throws IOException if there is something, and it may not be replaced or does not look like a
   *     result, or if the folder cannot be made or written to
   */
  static ResultFolder claim(String shown, Path path, boolean overwrite, Configuration conf)
      throws IOException {
    FileSystem files = UserPaths.fileSystem(shown, path, conf);
    ResultFolder folder = new ResultFolder(shown, files.makeQualified(path), files);
    FileStatus status;
    try {
      status = files.getFileStatus(path);
    } catch (FileNotFoundException e) {
      folder.isNew = true;
      folder.tryToWrite();
      return folder;
    } catch (IOException e) {
      throw folder.notWritable(e);
    }
    if (!status.isDirectory()) {
      throw new IOException(shown + " is a file: give another folder with -o");
    }
    folder.checkContent(overwrite);
    folder.tryToWrite();
    return folder;
  }

  /**
   * Makes a folder where tasks will, and takes it away again, with all that had to be made for it:
   * Hadoop's committers only log it if they cannot.
   */
  private void tryToWrite() throws IOException {
    Path deepest = new Path(path, TEMPORARY);
    List<Path> made = new ArrayList<>();
    for (Path folder = deepest; folder != null && !exists(folder); folder = folder.getParent()) {
      made.add(folder);
    }
    boolean can;
    try {
      can = make(deepest);
      if (made.remove(deepest)) {
        files.delete(deepest, false);
      }
    } catch (IOException e) {
      throw notWritable(e);
    }
    if (!can) {
      throw notWritable(null);
    }
    takeAway(made);
  }

  /** Another job may take a parent away that both have made: it is tried again, once. */
  private boolean make(Path folder) throws IOException {
    try {
      if (files.mkdirs(folder)) {
        return true;
      }
    } catch (IOException e) {
      // The second time tells.
    }
    return files.mkdirs(folder);
  }

  /** Takes folders away, the innermost first, up to one in which another job has begun. */
  private void takeAway(List<Path> folders) {
    try {
      for (Path folder : folders) {
        files.delete(folder, false);
      }
    } catch (IOException e) {
      // Folders that are not empty stay.
    }
  }

  private boolean exists(Path folder) {
    try {
      return files.exists(folder);
    } catch (IOException e) {
      return false; // making it tells why
    }
  }

  private IOException notWritable(IOException failure) {
    String reason = failure == null ? "" : " (" + Failures.line(shown, failure) + ")";
    return new IOException(
        "cannot make a folder in " + shown + reason + ": give another folder with -o", failure);
  }

  private void checkContent(boolean overwrite) throws IOException {
    FileStatus[] content = files.listStatus(path);
    for (FileStatus entry : content) {
      String name = plainName(entry);
      boolean table = TABLES.contains(name) && entry.isDirectory();
      boolean begun = name.startsWith(MAGIC) && entry.isDirectory();
      if (table ? !holdsPartsOnly(entry.getPath()) : !begun && !OTHERS.contains(name)) {
        throw new IOException(
            shown
                + " holds "
                + entry.getPath().getName()
                + (table ? " with files" : "")
                + " that are not of a result: give another folder with -o");
      }
    }
    if (content.length > 0 && !overwrite) {
      throw new IOException(
          shown + " is there already: --overwrite replaces it, -o gives another folder");
    }
  }

  private boolean holdsPartsOnly(Path table) throws IOException {
    for (FileStatus entry : files.listStatus(table)) {
      String name = plainName(entry);
      if (!entry.isFile() || !name.startsWith("part-") || !name.endsWith(".parquet")) {
        return false;
      }
    }
    return true;
  }

  /** The name of a file, or of the file whose checksum this is. */
  private static String plainName(FileStatus entry) {
    String name = entry.getPath().getName();
    return name.startsWith(".") && name.endsWith(".crc")
        ? name.substring(1, name.length() - ".crc".length())
        : name;
  }

  /** Where it is. */
  Path path() {
    return path;
  }

  /** Takes away what is there, so that nothing looks whole from here on. */
  void clear() throws IOException {
    files.delete(new Path(path, JSON), false);
    files.delete(new Path(path, SUCCESS), false);
    if (files.exists(path)) {
      for (FileStatus entry : files.listStatus(path)) {
        files.delete(entry.getPath(), true);
      }
    }
  }

  /** Makes the folder where no table has made it, with the mark that jobs leave. */
  void markWithoutTables(Configuration conf) throws IOException {
    files.mkdirs(path);
    if (conf.getBoolean("mapreduce.fileoutputcommitter.marksuccessfuljobs", true)) {
      files.create(new Path(path, SUCCESS)).close();
    }
  }

  /** Writes the summary: the result is whole. */
  void finish(Summary summary) throws IOException {
    // An attempt that lost a race may have begun a file when the committer had cleared up.
    files.delete(new Path(path, TEMPORARY), true);
    write(TEXT, SummaryText.of(summary, REST).getBytes(StandardCharsets.UTF_8));
    write(JSON, SummaryJson.bytes(summary));
  }

  /**
   * The job has failed: an empty folder that it has made goes with it.
   *
   * @return what is told of the failure
   */
  IOException failed(IOException failure) {
    leave();
    return String.valueOf(failure.getMessage()).contains("No space left on device")
        ? new IOException(
            shown + ": no space left; make room, or give another folder with -o", failure)
        : failure;
  }

  private void leave() {
    try {
      if (isNew && files.exists(path) && files.listStatus(path).length == 0) {
        files.delete(path, false);
      }
    } catch (IOException e) {
      // What made the job fail matters more.
    }
  }

  private void write(String name, byte[] content) throws IOException {
    Path begun = new Path(path, "_" + name);
    try (OutputStream out = files.create(begun, true)) {
      out.write(content);
    }
    if (!files.rename(begun, new Path(path, name))) {
      throw new IOException(shown + ": cannot rename _" + name + " to " + name);
    }
  }
}
