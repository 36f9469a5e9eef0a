package org.vmtrace.spark.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Reads what the user wrote as a path. */
public final class InputPaths {
  private InputPaths() {}

  /**
   * The path of a name. A name that is a local file is that file, whatever characters it has, where
   * the local file system is the default one.
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
        if (Files.exists(local)) {
          return new Path(local.toAbsolutePath().toUri());
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
}
