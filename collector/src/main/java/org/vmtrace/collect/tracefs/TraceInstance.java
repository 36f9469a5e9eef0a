package org.vmtrace.collect.tracefs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An instance: a set of ring buffers of its own, with its own events and settings, so that nobody
 * else's tracing is touched. Closing it removes it. Not thread-safe, but {@link #stop} may be
 * called by any thread.
 */
public final class TraceInstance implements AutoCloseable {
  private static final int REMOVE_TRIES = 25;
  private static final long REMOVE_PAUSE_MS = 20;

  private final ControlFiles files;
  private List<String> events = List.of();
  private boolean closed;

  /** The instance of that folder, which is there. */
  TraceInstance(Path folder) {
    this(new ControlFiles(folder));
  }

  TraceInstance(ControlFiles files) {
    this.files = files;
  }

  /** Where it lies. */
  public Path folder() {
    return files.folder();
  }

  /**
   * Sets it up, with tracing off, and reads every setting back.
   *
   * @return what was set, for people, one line each
   * @throws TracefsException if the kernel refuses something; it says what and what to do
   */
  public List<String> configure(InstanceSettings settings) throws TracefsException {
    stop();
    List<String> said = new InstanceSetup(files, settings).apply();
    events = settings.events();
    return said;
  }

  /** Begins to record. */
  public void start() throws TracefsException {
    files.write("tracing_on", "1");
  }

  /** Ends recording; what is in the buffers stays there. */
  public void stop() throws TracefsException {
    files.write("tracing_on", "0");
  }

  /** Whether it records: tracing is on and so are its events. */
  public boolean isRecording() throws TracefsException {
    if (!files.read("tracing_on").startsWith("1")) {
      return false;
    }
    for (String event : events) {
      // 1* is an event that is also watched by a trigger.
      if (!files.read(InstanceSetup.eventFile(event, "enable")).startsWith("1")) {
        return false;
      }
    }
    return true;
  }

  /** The file that gives the pages of a CPU. */
  public Path rawFile(int cpu) {
    return files.folder().resolve("per_cpu/cpu" + cpu + "/trace_pipe_raw");
  }

  /** What the kernel counted on a CPU, as it says it. */
  public String stats(int cpu) throws TracefsException {
    return files.readWhole("per_cpu/cpu" + cpu + "/stats");
  }

  /** {@code events/header_page}, which tells the size of this instance's sub-buffers. */
  public String headerPage() throws TracefsException {
    return eventText("header_page");
  }

  /** {@code events/header_event}. */
  public String headerEvent() throws TracefsException {
    return eventText("header_event");
  }

  /** Old kernels have the texts at the top level only. */
  private String eventText(String name) throws TracefsException {
    if (files.has("events/" + name)) {
      return files.readWhole("events/" + name);
    }
    return new ControlFiles(files.folder().resolve("../..")).readWhole("events/" + name);
  }

  /** The format text of an event {@code system:name}. */
  public String format(String event) throws TracefsException {
    return files.readWhole(InstanceSetup.eventFile(event, "format"));
  }

  /**
   * Switches its events off and removes it. Its files must have been closed.
   *
   * @throws TracefsException if it cannot be removed; it says how to do it by hand
   */
  @Override
  public void close() throws TracefsException {
    if (closed) {
      return;
    }
    closed = true;
    List<String> wrong = new ArrayList<>();
    if (Files.exists(files.folder())) {
      attempt(this::stop, wrong);
      for (String event : events) {
        attempt(() -> files.write(InstanceSetup.eventFile(event, "enable"), "0"), wrong);
      }
    }
    try {
      remove(files.folder());
    } catch (IOException e) {
      throw new TracefsException(
          "cannot remove "
              + files.folder()
              + ": "
              + TracefsException.reason(e)
              + (wrong.isEmpty() ? "" : "; " + String.join("; ", wrong))
              + "; when nobody uses it any more: rmdir "
              + files.folder(),
          e);
    }
  }

  private interface Step {
    void run() throws TracefsException;
  }

  /** A module may have been unloaded, and its events with it: go on. */
  private static void attempt(Step step, List<String> wrong) {
    try {
      step.run();
    } catch (TracefsException e) {
      wrong.add(e.getMessage());
    }
  }

  /** Removes an instance; one that is gone is no failure. */
  private static void remove(Path folder) throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        Files.delete(folder);
        return;
      } catch (NoSuchFileException e) {
        return;
      } catch (IOException e) {
        // Busy for as long as somebody looks into one of its files.
        if (tries == REMOVE_TRIES || !pause()) {
          throw e;
        }
      }
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(REMOVE_PAUSE_MS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
