package org.vmtrace.collect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.vmtrace.collect.host.HostFiles;
import org.vmtrace.collect.tracefs.LiveTracing;

/** vm-trace-collect in a process of its own. */
public final class CollectorProcess implements AutoCloseable {
  private final Process process;
  private final Path out;
  private final Path err;

  private CollectorProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Starts it in a folder, with the pair of events that every process makes. */
  public static CollectorProcess start(Path folder, String... arguments) throws IOException {
    return startWith(List.of(), folder, arguments);
  }

  /** As {@link #start}, with more options of the JVM. */
  static CollectorProcess startWith(List<String> jvm, Path folder, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(jvm);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(VmTraceCollect.class.getName());
    command.addAll(List.of("--exit-event", LiveTracing.EXIT, "--entry-event", LiveTracing.ENTRY));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    return new CollectorProcess(process, out, err);
  }

  long pid() {
    return process.pid();
  }

  /** Its instance's name. */
  public String instance() {
    return "vm-trace-" + pid();
  }

  /** The text of a file of its instance; empty if there is none. */
  public String control(String name) throws IOException {
    try {
      return LiveTracing.text("instances/" + instance() + "/" + name).strip();
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  /** Waits until it records and has written some pages. */
  public CollectorProcess awaitPages(Path file) throws Exception {
    Await.until(
        "it records",
        () -> {
          assertThat(process.isAlive()).as("it runs; it said: " + err()).isTrue();
          return control("tracing_on").equals("1")
              && Files.exists(file)
              && Files.size(file) > 100_000;
        });
    return this;
  }

  /** Sends a signal by its name. */
  public CollectorProcess signal(String name) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start();
    assertThat(kill.waitFor()).isZero();
    return this;
  }

  /** Waits for its end; returns its exit code. */
  public int exitCode() throws InterruptedException {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
    return process.exitValue();
  }

  public String out() throws IOException {
    return Files.readString(out, UTF_8);
  }

  public String err() throws IOException {
    return Files.readString(err, UTF_8);
  }

  /** The CPUs on which its threads may run, as the kernel says it, each once. */
  public List<String> affinities() throws IOException {
    try (var tasks = Files.list(Path.of("/proc/" + pid() + "/task"))) {
      return tasks
          .map(task -> HostFiles.text(task, "status"))
          .flatMap(String::lines)
          .filter(line -> line.startsWith("Cpus_allowed_list:"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .distinct()
          .toList();
    }
  }

  /** The nice values of its threads by number and name, less that of this process. */
  public Map<String, Integer> niceness() throws IOException {
    int own = nice(HostFiles.text(Path.of("/proc/self"), "stat"));
    Map<String, Integer> all = new TreeMap<>();
    try (var tasks = Files.list(Path.of("/proc/" + pid() + "/task"))) {
      tasks.forEach(
          task -> {
            String name = HostFiles.text(task, "comm").strip();
            int nice = nice(HostFiles.text(task, "stat"));
            String key = name.startsWith("vm-trace-") ? name : task.getFileName() + " " + name;
            all.put(key, nice == -20 ? nice : nice - own);
          });
    }
    return all;
  }

  /** Field 19 of a stat line (proc(5)). */
  private static int nice(String stat) {
    return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[19 - 3]);
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Path instance = LiveTracing.TRACEFS.resolve("instances").resolve(instance());
    if (Files.exists(instance)) {
      Files.delete(instance);
    }
  }
}
