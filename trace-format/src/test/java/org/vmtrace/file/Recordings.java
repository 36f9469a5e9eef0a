package org.vmtrace.file;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The real recordings in {@code ../shared/traces} beside the project; tests skip without them. */
final class Recordings {
  private static final Path FOLDER = Path.of("..", "..", "shared", "traces");

  private Recordings() {}

  /** All recordings: the folders with a trace.dat.gz. */
  static List<Path> all() throws IOException {
    assumeTrue(Files.isDirectory(FOLDER), "../shared/traces is not beside the project");
    try (Stream<Path> files = Files.walk(FOLDER, 3)) {
      return files
          .filter(file -> file.endsWith("trace.dat.gz"))
          .map(Path::getParent)
          .sorted()
          .toList();
    }
  }

  /** One recording, for example {@code linux-6.1/dat-v6}. */
  static Path named(String name) {
    assumeTrue(Files.isDirectory(FOLDER), "../shared/traces is not beside the project");
    return FOLDER.resolve(name);
  }

  /** A recording's file, unpacked. */
  static byte[] bytes(Path recording) throws IOException {
    return unpacked(recording.resolve("trace.dat.gz"));
  }

  static byte[] unpacked(Path file) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return in.readAllBytes();
    }
  }

  /** A recording's file in memory. */
  static SeekableInput input(Path recording) throws IOException {
    return new BytesInput(recording.toString(), bytes(recording));
  }

  /** The first number of that name in the recording's expected.json. */
  static long expected(Path recording, String key) throws IOException {
    String json = Files.readString(recording.resolve("expected.json"), StandardCharsets.UTF_8);
    Matcher matcher = Pattern.compile("\"" + key + "\": (\\d+)").matcher(json);
    if (!matcher.find()) {
      throw new IllegalArgumentException(recording + " has no " + key);
    }
    return Long.parseLong(matcher.group(1));
  }
}
