package org.vmtrace.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vmtrace.ring.EventBatch;

/** What real files hold, against what an independent program found in them. */
class RecordingsTest {
  static Stream<Path> recordings() throws IOException {
    return Recordings.all().stream();
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void everyRecordingGivesItsEventsAndLosses(Path recording) throws IOException {
    try (TraceFile file = TraceFiles.open(Recordings.input(recording), OpenOptions.defaults())) {
      Counts counts = new Counts();
      for (PageStream stream : file.streams()) {
        counts.add(file, stream, List.of(stream.whole()));
      }

      assertThat(file.metadata().warnings()).isEmpty();
      assertThat(counts.exits).isEqualTo(Recordings.expected(recording, "exits"));
      assertThat(counts.entries).isEqualTo(Recordings.expected(recording, "entries"));
      assertThat(counts.other).isEqualTo(Recordings.expected(recording, "other"));
      assertThat(counts.lost).isEqualTo(Recordings.expected(recording, "lost"));
      assertThat(counts.lostPlaces).isEqualTo(Recordings.expected(recording, "lost_places"));
      assertThat(counts.damaged).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void extentsOfAnySizeGiveTheSameRows(Path recording) throws IOException {
    try (TraceFile file = TraceFiles.open(Recordings.input(recording), OpenOptions.defaults())) {
      for (PageStream stream : file.streams()) {
        Counts whole = new Counts();
        whole.add(file, stream, List.of(stream.whole()));

        for (long target : new long[] {1, 4097, 65536, Long.MAX_VALUE}) {
          Counts parts = new Counts();
          parts.add(file, stream, stream.extents(target));

          assertThat(parts.hash).as("extents of %d bytes", target).isEqualTo(whole.hash);
        }
      }
    }
  }

  /** Counts rows and hashes them in order. */
  private static final class Counts {
    long exits;
    long entries;
    long other;
    long lost;
    long lostPlaces;
    long damaged;
    long hash;

    void add(TraceFile file, PageStream stream, List<Extent> extents) throws IOException {
      EventBatch batch = new EventBatch(1000);
      for (Extent extent : extents) {
        try (StreamReader reader = new StreamReader(file, stream, extent)) {
          while (reader.next(batch)) {
            for (int row = 0; row < batch.size(); row++) {
              add(batch, row);
            }
          }
        }
      }
    }

    private void add(EventBatch batch, int row) {
      hash = 31 * hash + batch.kind(row);
      hash = 31 * hash + batch.time(row);
      hash = 31 * hash + batch.thread(row);
      hash = 31 * hash + batch.code(row);
      hash = 31 * hash + batch.instructionPointer(row);
      switch (batch.kind(row)) {
        case EventBatch.EXIT -> exits++;
        case EventBatch.ENTRY -> entries++;
        case EventBatch.OTHER -> other++;
        case EventBatch.PAGE -> {
          lost += batch.code(row);
          lostPlaces += (batch.flags(row) & EventBatch.LOST) != 0 ? 1 : 0;
        }
        default -> damaged++;
      }
    }
  }
}
