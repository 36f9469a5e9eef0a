package org.vmtrace.collect.tracefs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.vmtrace.event.EventPair;

/** What tests need of a machine on which tracing can be tried for real. */
public final class LiveTracing {
  /** Where tracefs is looked for. */
  public static final Path TRACEFS = Path.of("/sys/kernel/tracing");

  /** A pair of events that every process makes. */
  public static final String EXIT = "raw_syscalls:sys_exit";

  public static final String ENTRY = "raw_syscalls:sys_enter";

  /** Both. */
  public static final EventPair PAIR = EventPair.parse(EXIT, ENTRY, null);

  private LiveTracing() {}

  /** Skips a test where it cannot be tried. */
  public static void assumeThere() {
    assumeTrue(
        Files.isWritable(TRACEFS.resolve("instances"))
            && Files.exists(TRACEFS.resolve("trace_clock")),
        "tracing is tried as root with tracefs mounted on /sys/kernel/tracing; skipped here");
    assumeTrue(
        Files.exists(TRACEFS.resolve("events/raw_syscalls/sys_exit")),
        "this kernel has no raw_syscalls events; skipped");
  }

  /** Text of a file of tracefs. */
  public static String text(String name) throws IOException {
    try (var in = Files.newInputStream(TRACEFS.resolve(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The instances that belong to collectors or to tests. */
  public static List<String> instances() throws IOException {
    try (Stream<Path> list = Files.list(TRACEFS.resolve("instances"))) {
      return list.map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith("vm-trace-"))
          .sorted()
          .toList();
    }
  }

  /** All that a collector could leave changed outside of its instance. */
  public static String outside() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String name :
        List.of(
            "set_event",
            "tracing_on",
            "trace_clock",
            "tracing_cpumask",
            "current_tracer",
            "buffer_percent",
            "options/overwrite")) {
      all.append(name).append(' ').append(text(name));
    }
    return all.toString();
  }
}
