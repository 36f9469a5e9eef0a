package org.vmtrace.collect.tracefs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The control files of a folder of tracefs, by name. */
class ControlFiles {
  /** Longer than any control file and most of the format texts: what is after is left out. */
  private static final int MAX_TEXT = 1 << 20;

  private final Path folder;

  ControlFiles(Path folder) {
    this.folder = folder;
  }

  Path folder() {
    return folder;
  }

  boolean has(String name) {
    return Files.exists(folder.resolve(name));
  }

  /** The text of a file, without blanks and newlines at its ends. */
  final String read(String name) throws TracefsException {
    return readWhole(name).strip();
  }

  /** The text of a file as it is. */
  String readWhole(String name) throws TracefsException {
    // Files of tracefs say that they are empty: read to the end, whatever their size.
    try (InputStream in = Files.newInputStream(folder.resolve(name))) {
      return new String(in.readNBytes(MAX_TEXT), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new TracefsException(
          "cannot read " + folder.resolve(name) + ": " + TracefsException.reason(e), e);
    }
  }

  /**
   * Writes a value in one call, as these files want it; they are not cut first, which means
   * something to some of them.
   */
  void write(String name, String value) throws TracefsException {
    try (OutputStream out = Files.newOutputStream(folder.resolve(name), StandardOpenOption.WRITE)) {
      out.write((value + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new TracefsException(
          "the kernel refuses '"
              + value
              + "' for "
              + folder.resolve(name)
              + ": "
              + TracefsException.reason(e),
          e);
    }
  }
}
