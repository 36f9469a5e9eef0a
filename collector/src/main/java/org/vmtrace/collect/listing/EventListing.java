package org.vmtrace.collect.listing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.vmtrace.collect.console.LineOutput;
import org.vmtrace.collect.listing.ListedStream.Notice;
import org.vmtrace.event.ClockUnit;
import org.vmtrace.event.Printable;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.file.TraceFile;
import org.vmtrace.file.container.TraceFiles;
import org.vmtrace.latency.ThreadKey;
import org.vmtrace.latency.moved.Gaps;
import org.vmtrace.latency.summary.Clock;
import org.vmtrace.latency.summary.RecordingInfo;
import org.vmtrace.latency.summary.Summary;
import org.vmtrace.recording.FileFacts;
import org.vmtrace.recording.FullPath;
import org.vmtrace.recording.MergedStreams;
import org.vmtrace.recording.Recording;
import org.vmtrace.recording.RecordingStream;
import org.vmtrace.recording.Recordings;
import org.vmtrace.ring.EventBatch;

/**
 * Prints every event, one a line, the recordings one after the other, each merged over its CPUs by
 * time as trace-cmd report does. Losses and damage have lines of their own before the next event of
 * their CPU. Memory does not depend on the length of the files.
 */
public final class EventListing {
  private static final int TIME_WIDTH = 16;
  private static final int EVENT_COLUMN = 40;

  private final OpenOptions options;
  private final Summary summary;
  private final LineOutput out;

  /**
   * A listing.
   *
   * @param options how to read the files
   * @param summary the files' summary, which knows what threads moved
   */
  public EventListing(OpenOptions options, Summary summary, LineOutput out) {
    this.options = options;
    this.summary = summary;
    this.out = out;
  }

  /** Prints the events of the files. */
  public void print(List<Path> paths) throws IOException {
    Map<String, TraceFile> files = new HashMap<>();
    try {
      List<FileFacts> facts = new ArrayList<>();
      for (Path path : paths) {
        TraceFile file = TraceFiles.open(path, options);
        String name = FullPath.of(path).toString();
        files.put(name, file);
        facts.add(FileFacts.of(name, file));
      }
      List<Recording> recordings = Recordings.group(facts);
      for (Recording recording : recordings) {
        if (recordings.size() > 1) {
          out.text("# ").text(recording.info().name()).newLine();
        }
        new OneRecording(recording).print(files);
      }
    } finally {
      for (TraceFile file : files.values()) {
        file.close();
      }
    }
  }

  /** The events of one recording. */
  private final class OneRecording implements MergedStreams.Between {
    private final Recording recording;
    private final RecordingInfo info;
    private final ClockUnit unit;
    private final Gaps gaps = new Gaps();
    private final OpenExits exits;
    private final List<ListedStream> streams = new ArrayList<>();
    private final Map<Integer, byte[]> threads = new HashMap<>();

    OneRecording(Recording recording) {
      this.recording = recording;
      this.info = recording.info();
      this.unit = Clock.of(List.of(info.clock())).unit();
      Set<Long> moved =
          summary.movedThreads().stream()
              .filter(thread -> thread.recording().equals(info.name()))
              .map(thread -> ThreadKey.of(thread.thread(), 0))
              .collect(Collectors.toSet());
      this.exits = new OpenExits(moved, gaps);
    }

    void print(Map<String, TraceFile> files) throws IOException {
      List<MergedStreams.Source> sources = new ArrayList<>();
      for (RecordingStream place : recording.streams()) {
        TraceFile file = files.get(place.path());
        MergedStreams.Source source = new MergedStreams.Source(file, place.in(file));
        sources.add(source);
        streams.add(new ListedStream(source));
      }
      MergedStreams merged = new MergedStreams(sources, gaps::add, this);
      while (merged.next()) {
        event(merged, streams.get(merged.stream()));
      }
    }

    @Override
    public void row(int stream, EventBatch batch, int row) {
      streams.get(stream).missing(batch, row);
    }

    @Override
    public void ended(int stream) throws IOException {
      notices(streams.get(stream));
    }

    private void event(MergedStreams merged, ListedStream stream) throws IOException {
      notices(stream);
      EventBatch batch = merged.batch();
      int row = merged.row();
      stream.reached(batch.time(row));
      long latency = exits.accept(merged, stream);
      time(batch.time(row));
      out.text(" ").cpu(batch.cpu()).text(" ").bytes(thread(batch.thread(row)));
      out.column(EVENT_COLUMN);
      stream.printer().name(batch, row, out);
      if (latency != OpenExits.NONE) {
        out.text(" latency=");
        length(latency);
      }
      stream.printer().fields(batch, row, out);
      out.newLine();
    }

    private void notices(ListedStream stream) throws IOException {
      for (Notice notice : stream.takeNotices()) {
        out.text("CPU ").number(stream.cpu());
        if (notice.damage() != null) {
          out.text(": DAMAGE, ").text(notice.damage().text());
          out.text(" (page at byte ").number(notice.position()).text(")");
        } else if (notice.lost() > 0) {
          out.text(": LOST ").number(notice.lost()).text(" EVENTS");
        } else {
          out.text(": LOST an unknown number of events");
        }
        out.newLine();
      }
    }

    private void time(long time) throws IOException {
      if (unit == ClockUnit.NANOSECONDS) {
        out.seconds(time, TIME_WIDTH);
      } else {
        out.number(time);
      }
    }

    private void length(long latency) throws IOException {
      if (unit == ClockUnit.NANOSECONDS) {
        out.micros(latency).text("us");
      } else {
        out.number(latency).text(unit.symbol());
      }
    }

    /** The thread's name and number. */
    private byte[] thread(int pid) {
      return threads.computeIfAbsent(
          pid,
          key -> {
            String comm = info.comm(key);
            String text = (comm.isEmpty() ? "<...>" : comm) + '-' + key;
            return Printable.text(text).getBytes(StandardCharsets.UTF_8);
          });
    }
  }
}
