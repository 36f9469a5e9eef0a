package org.vmtrace.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * The recordings of real kernels in {@code ../shared/traces}, relative to the project's root. They
 * are not part of the project; where they are absent, {@link #list} is empty and {@link
 * #whyAbsent()} says why, so that a test can skip itself with that sentence.
 */
public final class SharedTraces {
  private SharedTraces() {}

  /**
   * One recording.
   *
   * @param name kernel and scenario, {@code linux-6.1/two-vcpus}
   */
  public record Recording(String name, Path folder) {
    /** The bytes of {@code trace.dat}. */
    public byte[] traceDat() {
      return gunzip(folder.resolve("trace.dat.gz"));
    }

    /** Writes {@code trace.dat} into a folder and says where. */
    public Path unpackTo(Path target) {
      Path file = target.resolve(name.replace('/', '-') + ".dat");
      try {
        return Files.write(file, traceDat());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The content of {@code expected.json}. */
    public Map<String, Object> expected() {
      try {
        return Json.parseObject(Files.readString(folder.resolve("expected.json")));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The kernel's own text by CPU; empty for what trace-cmd recorded. */
    public Map<Integer, String> kernelTexts() {
      Map<Integer, String> texts = new TreeMap<>();
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          String fileName = file.getFileName().toString();
          if (fileName.matches("kernel\\.cpu\\d+\\.txt\\.gz")) {
            int cpu = Integer.parseInt(fileName.replaceAll("\\D", ""));
            texts.put(cpu, new String(gunzip(file), StandardCharsets.UTF_8));
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return texts;
    }

    /** What {@code trace-cmd report -t} printed, if trace-cmd recorded this. */
    public Optional<String> report() {
      Path file = folder.resolve("report.txt.gz");
      return Files.exists(file)
          ? Optional.of(new String(gunzip(file), StandardCharsets.UTF_8))
          : Optional.empty();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** The project's root: the nearest folder upwards whose pom.xml has modules. */
  public static Path projectRoot() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null) {
      Path pom = folder.resolve("pom.xml");
      try {
        if (Files.exists(pom) && Files.readString(pom).contains("<modules>")) {
          return folder;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      folder = folder.getParent();
    }
    throw new IllegalStateException("not inside the project: no pom.xml with modules upwards");
  }

  /** Where the recordings should be. */
  public static Path folder() {
    return projectRoot().resolveSibling("shared").resolve("traces");
  }

  /** Whether the recordings are there. */
  public static boolean present() {
    return !list().isEmpty();
  }

  /** The sentence for a test that skips itself. */
  public static String whyAbsent() {
    return "the shared recordings are not there: ../shared/traces beside the project's root";
  }

  /** All recordings by name; none if the folder is absent. */
  public static List<Recording> list() {
    Path root = folder();
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root, 3)) {
      return files
          .filter(file -> file.getFileName().toString().equals("trace.dat.gz"))
          .map(Path::getParent)
          .map(folder -> new Recording(nameOf(root, folder), folder))
          .sorted((a, b) -> a.name().compareTo(b.name()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The recording of that name, or empty if it is not there. */
  public static Optional<Recording> find(String name) {
    return list().stream().filter(recording -> recording.name().equals(name)).findFirst();
  }

  private static String nameOf(Path root, Path folder) {
    return root.relativize(folder).toString().replace('\\', '/');
  }

  private static byte[] gunzip(Path file) {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
