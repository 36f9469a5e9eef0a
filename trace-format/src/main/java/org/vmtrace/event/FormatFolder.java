package org.vmtrace.event;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Reads event formats from a folder laid out like tracefs' {@code events}: {@code header_page},
 * {@code header_event}, {@code SYSTEM/NAME/format}.
 */
public final class FormatFolder {
  /** The largest format text of today's kernels has some 30 KB. */
  private static final int MAX_TEXT = 1 << 20;

  private FormatFolder() {}

  /**
   * Reads all formats of a folder. Files that are not there are left out; other files are ignored.
   *
   * @throws IOException if a file cannot be read, has more than 1 MiB, or there is no format at all
   */
  public static EventFormats read(Path folder) throws IOException {
    EventFormats.Builder formats = EventFormats.builder();
    boolean found = false;
    for (Path system : folders(folder)) {
      for (Path event : folders(system)) {
        Path format = event.resolve("format");
        if (Files.isRegularFile(format)) {
          formats.add(system.getFileName().toString(), text(format));
          found = true;
        }
      }
    }
    if (!found) {
      throw new IOException(
          folder + " holds no event formats (SYSTEM/NAME/format, as in tracefs' events folder)");
    }
    Path headerPage = folder.resolve("header_page");
    if (Files.isRegularFile(headerPage)) {
      formats.headerPage(text(headerPage));
    }
    Path headerEvent = folder.resolve("header_event");
    if (Files.isRegularFile(headerEvent)) {
      formats.headerEvent(text(headerEvent));
    }
    return formats.build();
  }

  private static List<Path> folders(Path parent) throws IOException {
    List<Path> folders = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, Files::isDirectory)) {
      entries.forEach(folders::add);
    }
    Collections.sort(folders);
    return folders;
  }

  /** Files of tracefs say that they are empty: read to the end, whatever their size. */
  private static String text(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_TEXT + 1);
      if (bytes.length > MAX_TEXT) {
        throw new IOException(file + " has more than 1 MiB, it is no format text");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
