package org.vmtrace.collect.capture;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.vmtrace.collect.host.CpuAffinity;
import org.vmtrace.collect.host.HostCpus;
import org.vmtrace.collect.host.ThreadNames;
import org.vmtrace.collect.host.ThreadPriority;
import org.vmtrace.collect.splice.Errno;
import org.vmtrace.collect.splice.Pipe;
import org.vmtrace.collect.splice.Poller;
import org.vmtrace.collect.splice.SystemCalls;
import org.vmtrace.collect.tracefs.CpuList;
import org.vmtrace.collect.tracefs.InstanceSettings;
import org.vmtrace.collect.tracefs.TraceInstance;
import org.vmtrace.collect.tracefs.Tracefs;
import org.vmtrace.collect.tracefs.TracefsException;
import org.vmtrace.event.EventPair;
import org.vmtrace.latency.split.StreamResult;

/**
 * One capture: sets tracing up, records, and leaves the host as it was, whatever happens.
 *
 * <p>No process may be started while it runs: a child's copy of the ring buffers' descriptors
 * spoils them for us.
 */
public final class CaptureSession implements AutoCloseable {
  /** In the pipe on its way to the file; what a killed collector loses at most. */
  private static final int PIPE_BYTES = 1 << 20;

  /** Wakes early enough that the rest of the buffer takes what comes while we are not running. */
  private static final int WAKE_PERCENT = 25;

  private static final Path ROOT = Path.of("/");

  private final CaptureSettings settings;
  private final SystemCalls calls;
  private final StopRequest stop;
  private final Consumer<String> tell;
  private final Consumer<String> verbose;
  private final PrintStream terminal;
  private final String writer;
  private final CpuAffinity affinity;
  private final ThreadPriority priority;
  private Map<Integer, String> names = Map.of();
  private Runnable ready = () -> {};
  private Runnable ended = () -> {};
  private Tracefs tracefs;
  private RecordingFormat format;
  private CaptureFiles files;
  private LiveAnalysis analysis;
  private long elapsedNs;

  /**
   * A capture.
   *
   * @param stop ends it early
   * @param tell takes sentences for the user
   * @param verbose takes sentences for a user who wants to know more
   * @param terminal where to show how it goes; null for nowhere
   * @param writer name and version of this program, for the file
   */
  public CaptureSession(
      CaptureSettings settings,
      SystemCalls calls,
      StopRequest stop,
      Consumer<String> tell,
      Consumer<String> verbose,
      PrintStream terminal,
      String writer) {
    this.settings = settings;
    this.calls = calls;
    this.stop = stop;
    this.tell = tell;
    this.verbose = verbose;
    this.terminal = terminal;
    this.writer = writer;
    this.affinity = new CpuAffinity(calls);
    this.priority = new ThreadPriority(calls, ROOT);
  }

  /** Is run when all is set up, before recording begins. */
  public void onReady(Runnable action) {
    ready = action;
  }

  /** Is run when the host is as it was and the files are complete. */
  public void onEnd(Runnable action) {
    ended = action;
  }

  /**
   * Captures, once.
   *
   * @throws IOException if tracing cannot be set up, or recording fails; what was recorded until
   *     then is in the files
   */
  public CaptureResult run() throws IOException {
    tracefs = findTracefs();
    CaptureFiles.requireReplaceable(settings);
    tracefs.removeOrphans(tell);
    IOException failure = null;
    boolean clean = true;
    TraceInstance instance = tracefs.createInstance(ProcessHandle.current().pid());
    try {
      capture(instance);
    } catch (IOException e) {
      failure = e;
    } finally {
      clean = remove(instance);
    }
    finish(failure != null);
    ended.run();
    if (failure != null) {
      throw failure;
    }
    files.requireNames();
    return new CaptureResult(
        files.cpus().stream().map(CpuCapture::recorded).toList(),
        stop.reason(),
        elapsedNs,
        format.header().formats(),
        clean);
  }

  private Tracefs findTracefs() throws IOException {
    if (settings.tracefs() != null) {
      return Tracefs.at(settings.tracefs(), ROOT);
    }
    return Tracefs.find(
        ROOT,
        (type, folder) -> {
          int result = calls.mount(type, folder.toString(), type);
          if (result < 0) {
            throw new IOException(Errno.text(-result));
          }
        },
        tell);
  }

  private boolean remove(TraceInstance instance) {
    try {
      instance.close();
      return true;
    } catch (TracefsException e) {
      tell.accept(e.getMessage());
      return false;
    }
  }

  private void capture(TraceInstance instance) throws IOException {
    EventPair pair = settings.pair();
    List<String> said =
        instance.configure(
            new InstanceSettings(
                settings.traced(),
                new HostCpus(ROOT).isolated(),
                settings.clock(),
                settings.bufferBytes(),
                settings.subBufferBytes(),
                settings.overwrite(),
                WAKE_PERCENT,
                List.of(pair.exitEvent(), pair.entryEvent()),
                settings.filter()));
    verbose.accept(instance.folder() + ": " + String.join(", ", said));
    format = RecordingFormat.of(instance, settings, writer, ROOT);
    files = new CaptureFiles(calls, settings, format);
    try (Pipe pipe = Pipe.open(calls, PIPE_BYTES);
        Poller poller = new Poller(calls)) {
      try {
        files.open(instance, pipe);
        ready.run();
        record(instance, poller);
      } finally {
        files.leave(instance);
      }
    }
  }

  private void record(TraceInstance instance, Poller poller) throws IOException {
    for (CpuCapture cpu : files.cpus()) {
      poller.add(cpu.raw());
    }
    stop.onStop(poller::wake);
    RecordingWatch watch =
        new RecordingWatch(settings, files, format, terminal, stop, this::moveToHelpers);
    analysis = watch.analysis();
    Recorder recorder =
        new Recorder(
            source(instance, watch::started),
            poller,
            files.cpus().stream().map(CpuCapture::mover).toList(),
            stop,
            new Recorder.Limits(settings.durationNs(), settings.maxBytes(), settings.analyse()),
            watch::moved,
            System::nanoTime);
    try {
      affinity.moveThisThread(CpuList.of(settings.collector()));
      priority.raise();
      recorder.record();
    } finally {
      elapsedNs = recorder.elapsedNs();
      stop.offStop();
      moveToHelpers();
      watch.ended();
    }
  }

  private Recorder.Source source(TraceInstance instance, Runnable started) {
    BitSet collecting = (BitSet) settings.helpers().clone();
    collecting.set(settings.collector());
    return new InstanceSource(
        instance,
        settings.traced(),
        collecting,
        affinity::confine,
        new HostCpus(ROOT),
        tell,
        started);
  }

  /** What the other threads do first, and the collecting one when it has done. */
  private void moveToHelpers() {
    // One that the collecting thread has started has its priority.
    priority.restore();
    try {
      affinity.moveThisThread(settings.helpers());
    } catch (IOException e) {
      // It stays where the collecting thread was, and disturbs no measurement.
      verbose.accept(e.getMessage());
    }
  }

  /** Completes the files; of a recording that failed before its first page none is left. */
  private void finish(boolean failed) throws IOException {
    if (files == null) {
      return;
    }
    if (failed && files.bytes() == 0) {
      files.discard();
      return;
    }
    files.finish();
    names = ThreadNames.noted(tracefs);
    files.describe(names);
  }

  /**
   * The results of the analysis by CPU, once it has caught up; none if there was none. They are
   * given once.
   *
   * @throws IOException if the analysis failed; the files are complete all the same
   */
  public Map<Integer, StreamResult> analysis() throws IOException {
    Map<Integer, StreamResult> results = new HashMap<>();
    if (analysis != null) {
      Set<Integer> threads = analysis.threads();
      // The kernel has noted thousands of names, and the files have room for hundreds.
      if (!threads.isEmpty()) {
        names = ThreadNames.of(threads, names, ROOT);
        files.describe(names);
      }
      List<StreamResult> all = analysis.results();
      for (int i = 0; i < all.size(); i++) {
        results.put(files.cpus().get(i).cpu(), all.get(i));
      }
    }
    return results;
  }

  /**
   * Makes one file of several CPUs', which are removed then.
   *
   * @throws IOException if that fails; the CPUs' files stay
   */
  public void merge() throws IOException {
    try {
      files.merge(names);
    } catch (IOException e) {
      throw new IOException(
          "cannot merge into "
              + settings.output()
              + ": "
              + e.getMessage()
              + "; the files of the CPUs stay",
          e);
    }
  }

  @Override
  public void close() throws IOException {
    if (files != null) {
      files.close();
    }
  }
}
