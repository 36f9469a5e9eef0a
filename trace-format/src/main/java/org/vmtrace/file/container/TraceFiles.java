package org.vmtrace.file.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.vmtrace.file.LocalInput;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.file.SeekableInput;
import org.vmtrace.file.TraceFile;
import org.vmtrace.file.TraceFormatException;
import org.vmtrace.ring.Endian;

/** Opens trace files of any kind. */
public final class TraceFiles {
  private static final byte[] DAT_MAGIC = DatNumbers.MAGIC.getBytes(StandardCharsets.US_ASCII);

  private static final int MAX_VERSION_TEXT = 16;

  private TraceFiles() {}

  /** Opens a local file, see {@link #open(SeekableInput, OpenOptions)}. */
  public static TraceFile open(Path path, OpenOptions options) throws IOException {
    SeekableInput input = LocalInput.open(path);
    try {
      return open(input, options);
    } catch (IOException | RuntimeException e) {
      input.close();
      throw e;
    }
  }

  /**
   * Reads the header of a file. The first bytes decide what it is: trace.dat (version 6 or 7), the
   * original vm-trace file, or bare ring-buffer pages, which need event formats in the options.
   *
   * @param input stays open and belongs to the result; if this fails, it belongs to the caller
   * @throws TraceFormatException if it is none of these, or its header cannot be read; the message
   *     is one line
   * @throws IOException if reading fails
   */
  public static TraceFile open(SeekableInput input, OpenOptions options) throws IOException {
    HeaderReader reader = new HeaderReader(input);
    if (reader.end() == 0) {
      throw reader.bad("the file is empty", "");
    }
    if (reader.startsWith(DAT_MAGIC)) {
      return openDat(reader, options);
    }
    if (OriginalFile.matches(input)) {
      return OriginalFile.open(input, options);
    }
    if (options.formats() != null) {
      return BarePages.open(input, options);
    }
    throw noTrace(input);
  }

  /**
   * Whether a file begins as a trace.dat or an original vm-trace file does, whole or not. Bare
   * pages cannot be told from other bytes.
   *
   * @throws IOException if reading fails
   */
  public static boolean isTrace(SeekableInput input) throws IOException {
    return new HeaderReader(input).startsWith(DAT_MAGIC) || OriginalFile.matches(input);
  }

  /**
   * Whether a search of folders passes over a file or folder of this name: it begins with a dot or
   * an underscore, as names do that Hadoop hides.
   */
  public static boolean isHidden(String name) {
    return name.startsWith(".") || name.startsWith("_");
  }

  /**
   * The stream that a recorder which died has left unfinished; null if there is none.
   *
   * @throws TraceFormatException if the file is no trace.dat of version 6
   */
  public static UnfinishedStream unfinished(SeekableInput input) throws IOException {
    HeaderReader reader = new HeaderReader(input);
    if (!reader.startsWith(DAT_MAGIC) || !version(reader).equals("6")) {
      throw new TraceFormatException(
          input.name(),
          TraceFormatException.NOWHERE,
          "this is no trace.dat file of version 6",
          "only what vm-trace-collect writes can be repaired");
    }
    return TraceDat6.unfinished(reader, pageBytes(reader));
  }

  private static TraceFile openDat(HeaderReader reader, OpenOptions options) throws IOException {
    String version = version(reader);
    long pageBytes = pageBytes(reader);
    return version.equals("6")
        ? TraceDat6.open(reader, pageBytes, options)
        : TraceDat7.open(reader, options);
  }

  private static String version(HeaderReader reader) throws IOException {
    String version = reader.zeroTerminated(MAX_VERSION_TEXT, "the version of the file");
    if (!version.equals("6") && !version.equals("7")) {
      throw reader.bad(
          "trace.dat version " + version + " is not known", "versions 6 and 7 can be read");
    }
    return version;
  }

  /** What stands after the version: the byte order, which is set, and the size of a page. */
  private static long pageBytes(HeaderReader reader) throws IOException {
    int endian = reader.u8("the header");
    if (endian > 1) {
      throw reader.bad("the byte order is " + endian + ", not 0 or 1", "the header is damaged");
    }
    reader.order(endian == 0 ? Endian.little() : Endian.big());
    // The long size of the recorder's user space; the kernel's stands in header_page.
    reader.u8("the header");
    return reader.u32("the header");
  }

  private static TraceFormatException noTrace(SeekableInput input) throws IOException {
    String packer = packer(input);
    return packer.isEmpty()
        ? new TraceFormatException(
            input.name(),
            TraceFormatException.NOWHERE,
            "this is no trace file",
            "trace.dat and vm-trace files can be read, bare pages with --event-formats")
        : new TraceFormatException(
            input.name(),
            TraceFormatException.NOWHERE,
            "the file is packed with " + packer,
            "unpack it first");
  }

  /** The packer whose magic number the file begins with; empty if none. */
  private static String packer(SeekableInput input) throws IOException {
    byte[] start = new byte[4];
    input.readFully(0, start, 0, start.length);
    long magic = Endian.big().u32(start, 0);
    return magic >>> 16 == 0x1f8b
        ? "gzip"
        : magic == 0x28b52ffdL ? "zstd" : magic == 0xfd377a58L ? "xz" : "";
  }
}
