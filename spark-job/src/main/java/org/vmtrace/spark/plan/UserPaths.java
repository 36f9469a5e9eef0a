package org.vmtrace.spark.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.vmtrace.recording.FullPath;
import org.vmtrace.spark.cluster.Failures;

/** Reads what the user wrote as a path, of an input or of the output. */
public final class UserPaths {
  private UserPaths() {}

  /**
   * The path of a name. Where the local file system is the default one, a name that is a local file
   * is that file, whatever characters it has, and one without a colon, thus of no other file
   * system, is local, be it there or not.
   *
   * @throws IOException if it cannot be one
   */
  public static Path of(String name, Configuration conf) throws IOException {
    if (name.isEmpty()) {
      throw new IOException("a path is empty");
    }
    if ("file".equals(FileSystem.getDefaultUri(conf).getScheme())) {
      try {
        java.nio.file.Path local = java.nio.file.Path.of(name);
        if (Files.exists(local) || !name.contains(":")) {
          // Hadoop takes ".." out of the text, which behind a link leads elsewhere.
          return new Path(FullPath.of(local).toUri());
        }
      } catch (InvalidPathException e) {
        throw new IOException(name + " is no path: " + e.getReason(), e);
      }
    }
    try {
      return new Path(name);
    } catch (IllegalArgumentException e) {
      throw new IOException("\"" + name + "\" is no path: " + e.getMessage(), e);
    }
  }

  /**
   * The file system of a path.
   *
   * @param shown what the user calls the path
   * @throws IOException if there is none, or it cannot be reached; one line that names the path
   */
  public static FileSystem fileSystem(String shown, Path path, Configuration conf)
      throws IOException {
    try {
      return path.getFileSystem(conf);
    } catch (IOException | RuntimeException e) {
      throw new IOException(
          Failures.line(shown, e)
              + "; is its name right, and its library there (spark-submit --packages …)?",
          e);
    }
  }
}
