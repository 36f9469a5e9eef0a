package org.vmtrace.collect.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files of {@code /proc} and {@code /sys}, which may vanish at any time. */
public final class HostFiles {
  private static final int MAX_TEXT = 1 << 16;

  private HostFiles() {}

  /** The text of a file, at most 64 KiB; empty if it is not there or may not be read. */
  public static String text(Path root, String file) {
    // These files say that they are empty: read to the end, whatever their size.
    try (InputStream in = Files.newInputStream(root.resolve(file))) {
      return new String(in.readNBytes(MAX_TEXT), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
