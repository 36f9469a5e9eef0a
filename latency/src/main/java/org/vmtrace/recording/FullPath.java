package org.vmtrace.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The whole path of a local file or folder, by which results name it: Spark's file systems know no
 * other.
 */
public final class FullPath {
  private FullPath() {}

  /**
   * The path from the root on, without {@code .} and {@code ..}. Where a {@code ..} leads elsewhere
   * than the text says, since it stands behind a link, the links before it are followed; all others
   * keep their names. The file need not be there, but if a folder on the way to a {@code ..} is
   * not, the path stays as it is.
   */
  public static Path of(Path path) {
    Path whole = path.toAbsolutePath();
    Path plain = whole.getRoot();
    try {
      for (Path name : whole) {
        Path next = plain.resolve(name);
        Path text = next.normalize();
        plain = Files.isSameFile(next, text) ? text : next.toRealPath();
      }
      return plain;
    } catch (IOException e) {
      return whole;
    }
  }
}
