package org.vmtrace.collect;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.vmtrace.collect.splice.Errno;
import org.vmtrace.collect.splice.Pipe;
import org.vmtrace.collect.splice.Poller;
import org.vmtrace.collect.splice.SystemCalls;
import org.vmtrace.collect.tracefs.CpuList;
import org.vmtrace.collect.tracefs.InstanceSettings;
import org.vmtrace.collect.tracefs.TraceInstance;
import org.vmtrace.collect.tracefs.Tracefs;
import org.vmtrace.collect.tracefs.TracefsException;
import org.vmtrace.event.EventFormats;
import org.vmtrace.event.EventPair;
import org.vmtrace.event.EventSchema;
import org.vmtrace.event.FormatTextException;
import org.vmtrace.event.HeaderPage;
import org.vmtrace.file.TraceDat6Header;
import org.vmtrace.file.TraceMetadata;
import org.vmtrace.latency.StreamResult;
import org.vmtrace.ring.Endian;
import org.vmtrace.ring.PageLayout;

/**
 * One capture: sets tracing up, records, and leaves the host as it was, whatever happens.
 *
 * <p>No process may be started while it runs: a child's copy of the ring buffers' descriptors
 * spoils them for us.
 */
final class CaptureSession implements AutoCloseable {
  /** In the pipe on its way to the file; what a killed collector loses at most. */
  private static final int PIPE_BYTES = 1 << 20;

  /** Wakes early enough that the rest of the buffer takes what comes while we are not running. */
  private static final int WAKE_PERCENT = 25;

  /** Names of threads: about 700 of them. */
  private static final int COMMS_ROOM = 16 << 10;

  private static final Path ROOT = Path.of("/");

  private final CaptureSettings settings;
  private final SystemCalls calls;
  private final StopRequest stop;
  private final Consumer<String> tell;
  private final Consumer<String> verbose;
  private final PrintStream terminal;
  private final String writer;
  private final CpuAffinity affinity;
  private final List<CpuCapture> cpus = new ArrayList<>();
  private Map<Integer, String> names = Map.of();
  private Runnable ended = () -> {};
  private Tracefs tracefs;
  private TraceDat6Header header;
  private EventSchema schema;
  private StatusLine status;
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
  CaptureSession(
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
  }

  /** Is run when the host is as it was, before the files are completed. */
  void onEnd(Runnable action) {
    ended = action;
  }

  /**
   * Captures, once.
   *
   * @throws IOException if tracing cannot be set up, or recording fails; what was recorded until
   *     then is in the files
   */
  CaptureResult run() throws IOException {
    for (int cpu : settings.traced().stream().toArray()) {
      OutputFile.requireReplaceable(settings.outputOf(cpu));
    }
    OutputFile.requireReplaceable(settings.output());
    tracefs = findTracefs();
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
    ended.run();
    finish(failure != null);
    if (failure != null) {
      throw failure;
    }
    return new CaptureResult(
        cpus.stream().map(CpuCapture::recorded).toList(),
        stop.reason(),
        elapsedNs,
        header.formats(),
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
                settings.clock(),
                settings.bufferBytes(),
                settings.subBufferBytes(),
                settings.overwrite(),
                WAKE_PERCENT,
                List.of(pair.exitEvent(), pair.entryEvent()),
                settings.filter()));
    verbose.accept(instance.folder() + ": " + String.join(", ", said));
    describe(instance);
    try (Pipe pipe = Pipe.open(calls, PIPE_BYTES);
        Poller poller = new Poller(calls)) {
      try {
        open(instance, pipe);
        record(instance, poller);
      } finally {
        for (CpuCapture cpu : cpus) {
          cpu.leave(instance);
        }
      }
    }
  }

  /** Reads what the file must say of the kernel and of the events. */
  private void describe(TraceInstance instance) throws IOException {
    EventPair pair = settings.pair();
    EventFormats formats =
        EventFormats.builder()
            .headerPage(instance.headerPage())
            .headerEvent(instance.headerEvent())
            .add(pair.exitSystem(), instance.format(pair.exitEvent()))
            .add(pair.entrySystem(), instance.format(pair.entryEvent()))
            .build();
    PageLayout layout;
    try {
      layout = HeaderPage.parse(formats.headerPage(), Endian.of(ByteOrder.nativeOrder()));
      schema = EventSchema.of(formats, pair);
    } catch (FormatTextException e) {
      throw new IOException(
          "this kernel describes its events in a way not known: " + e.getMessage(), e);
    }
    if (settings.originalFormat()) {
      try {
        OriginalContainer.requirePossible(
            layout.pageBytes(), schema.fields(), layout.endian().order());
      } catch (IllegalArgumentException e) {
        throw new IOException(e.getMessage(), e);
      }
    }
    header =
        new TraceDat6Header(
            formats,
            layout,
            settings.traced().length(),
            settings.clock(),
            Tracefs.uname(ROOT),
            writer,
            recordingId(),
            TraceDat6Header.STATS_BYTES * settings.traced().cardinality(),
            COMMS_ROOM);
  }

  /** Files of different captures must not be taken for one: any number but 0 will do. */
  private static long recordingId() {
    return ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE) ^ System.currentTimeMillis();
  }

  private void open(TraceInstance instance, Pipe pipe) throws IOException {
    for (int cpu : settings.traced().stream().toArray()) {
      OutputFile file = OutputFile.create(calls, settings.outputOf(cpu));
      int pageBytes = header.layout().pageBytes();
      cpus.add(CpuCapture.open(calls, instance, cpu, pageBytes, pipe, file, this::container));
    }
  }

  private Container container(OutputFile file, int cpu) throws IOException {
    return settings.originalFormat()
        ? new OriginalContainer(file.channel(), schema.fields())
        : new Dat6Container(file.channel(), header, cpu);
  }

  private void record(TraceInstance instance, Poller poller) throws IOException {
    for (CpuCapture cpu : cpus) {
      poller.add(cpu.raw());
    }
    stop.onStop(poller::wake);
    analysis = settings.analyse() ? startAnalysis() : null;
    Recorder recorder =
        new Recorder(
            source(instance),
            poller,
            cpus.stream().map(CpuCapture::mover).toList(),
            stop,
            new Recorder.Limits(settings.durationNs(), settings.maxBytes(), settings.analyse()),
            analysis == null ? () -> {} : analysis::wake,
            System::nanoTime);
    affinity.moveThisThread(CpuList.of(settings.collector()));
    try {
      recorder.record();
    } finally {
      elapsedNs = recorder.elapsedNs();
      stop.onStop(() -> {});
      if (analysis != null) {
        analysis.end();
      }
      if (status != null) {
        status.close();
      }
      affinity.moveThisThread(settings.helpers());
    }
  }

  private Recorder.Source source(TraceInstance instance) {
    BitSet collecting = (BitSet) settings.helpers().clone();
    collecting.set(settings.collector());
    return new InstanceSource(
        instance, settings.traced(), collecting, new HostCpus(ROOT), tell, this::showStatus);
  }

  private LiveAnalysis startAnalysis() {
    List<LiveAnalysis.Source> sources = new ArrayList<>();
    for (CpuCapture cpu : cpus) {
      sources.add(
          new LiveAnalysis.Source(cpu.cpu(), cpu.input(), cpu.offset(), cpu.mover()::fileBytes));
    }
    return new LiveAnalysis(
        sources,
        schema,
        header.layout(),
        settings.choice().rulesFor(schema.reasons()),
        settings.untilLatency(),
        () -> stop.because(StopReason.LATENCY),
        this::moveToHelpers);
  }

  private void moveToHelpers() {
    try {
      affinity.moveThisThread(settings.helpers());
    } catch (IOException e) {
      // It stays on the collecting CPU, where it disturbs no measurement.
      verbose.accept(e.getMessage());
    }
  }

  private void showStatus() {
    if (terminal == null) {
      return;
    }
    long startNs = System.nanoTime();
    status =
        new StatusLine(
            terminal,
            () ->
                new StatusLine.Progress(
                    System.nanoTime() - startNs,
                    cpus.stream().mapToLong(cpu -> cpu.mover().fileBytes()).sum(),
                    analysis == null ? null : analysis.numbers()),
            settings.durationNs(),
            TraceMetadata.countsNs(settings.clock()),
            System::nanoTime,
            this::moveToHelpers);
  }

  /** Completes the files; of a recording that failed before its first page none is left. */
  private void finish(boolean failed) throws IOException {
    if (failed && cpus.stream().allMatch(cpu -> cpu.mover().fileBytes() == 0)) {
      for (CpuCapture cpu : cpus) {
        cpu.file().discard();
      }
      return;
    }
    names = ThreadNames.find(tracefs, ROOT, Set.of());
    for (CpuCapture cpu : cpus) {
      cpu.finish();
      cpu.describe(names);
    }
  }

  /**
   * The results of the analysis by CPU, once it has caught up; none if there was none. They are
   * given once.
   *
   * @throws IOException if the analysis failed; the files are complete all the same
   */
  Map<Integer, StreamResult> analysis() throws IOException {
    Map<Integer, StreamResult> results = new HashMap<>();
    if (analysis != null) {
      names = ThreadNames.find(tracefs, ROOT, analysis.threads());
      for (CpuCapture cpu : cpus) {
        cpu.describe(names);
      }
      List<StreamResult> all = analysis.results();
      for (int i = 0; i < all.size(); i++) {
        results.put(cpus.get(i).cpu(), all.get(i));
      }
    }
    return results;
  }

  /**
   * Makes one file of several CPUs', which are removed then.
   *
   * @throws IOException if that fails; the CPUs' files stay
   */
  void merge() throws IOException {
    List<MergedTrace.Part> parts = new ArrayList<>();
    for (CpuCapture cpu : cpus) {
      parts.add(
          new MergedTrace.Part(
              cpu.cpu(), cpu.file().channel(), cpu.offset(), cpu.bytes(), cpu.statsText()));
    }
    try {
      MergedTrace.write(calls, settings.output(), header, parts, names);
    } catch (IOException e) {
      throw new IOException(
          "cannot merge into "
              + settings.output()
              + ": "
              + e.getMessage()
              + "; the files of the CPUs stay",
          e);
    }
    for (CpuCapture cpu : cpus) {
      Files.deleteIfExists(cpu.file().path());
    }
  }

  @Override
  public void close() throws IOException {
    for (CpuCapture cpu : cpus) {
      cpu.close();
    }
  }
}
