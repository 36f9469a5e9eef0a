package org.vmtrace.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vmtrace.ring.Endian;
import org.vmtrace.ring.EventBatch;
import org.vmtrace.testkit.PageShape;
import org.vmtrace.testkit.Seeds;

class StreamReaderTest {
  private static final Sample SAMPLE = Sample.X86_64;
  private static final int PAGE = 4096;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 77, 78, 79, 80, 1000})
  void batchesOfAnyCapacityGiveTheSameRows(int capacity) throws IOException {
    try (TraceFile file = Sample.open(SAMPLE.dat().version6())) {
      PageStream stream = file.streams().get(0);

      assertThat(Rows.of(file, stream, List.of(stream.whole()), capacity))
          .isEqualTo(Rows.of(SAMPLE.plain(0, SAMPLE.pages(5, 1_000_000))));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1009, 4095, 4096, 4097, 65536})
  void anyTilingGivesEveryPageOnce(int step) throws IOException {
    byte[] bytes = SAMPLE.dat().version6();
    try (TraceFile file = Sample.open(bytes)) {
      PageStream stream = file.streams().get(0);
      List<Extent> tiles = new ArrayList<>();
      for (int start = 0; start < bytes.length; start += step) {
        tiles.add(new Extent(start, start + step, Extent.UNKNOWN));
      }

      assertThat(Rows.of(file, stream, tiles, 100)).isEqualTo(Rows.of(file, stream));
    }
  }

  private static LongStream seeds() {
    return Seeds.some(40);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void noiseOnAPageChangesNoOtherPage(long seed) throws IOException {
    Random random = new Random(seed);
    byte[] bytes = SAMPLE.dat().version6();
    byte[] noise = new byte[PAGE];
    random.nextBytes(noise);
    int noisy = random.nextInt(5);
    long offset;
    List<List<String>> sound = new ArrayList<>();
    try (TraceFile file = Sample.open(bytes)) {
      offset = file.streams().get(0).offset();
      for (int page = 0; page < 5; page++) {
        sound.add(rowsOfPage(file, page));
      }
    }
    // Half of them keep the header, so that the noise is read as records.
    int from = random.nextBoolean() ? 16 : 0;
    System.arraycopy(noise, from, bytes, (int) offset + noisy * PAGE + from, PAGE - from);

    try (TraceFile file = Sample.open(bytes)) {
      List<String> expected = new ArrayList<>();
      for (int page = 0; page < 5; page++) {
        expected.addAll(page == noisy ? rowsOfPage(file, page) : sound.get(page));
      }
      assertThat(Rows.of(file, file.streams().get(0))).isEqualTo(expected);
      assertThat(expected).filteredOn(row -> row.startsWith("DAMAGE")).hasSizeLessThan(2);
    }
  }

  private static List<String> rowsOfPage(TraceFile file, int page) throws IOException {
    PageStream stream = file.streams().get(0);
    long start = stream.offset() + (long) page * PAGE;
    return Rows.of(file, stream, List.of(new Extent(start, start + PAGE, Extent.UNKNOWN)), 100);
  }

  @Test
  void aRangeOutsideOfTheStreamHasNoRows() throws IOException {
    try (TraceFile file = Sample.open(SAMPLE.dat().version6())) {
      PageStream stream = file.streams().get(0);
      long end = stream.offset() + stream.bytes();
      List<Extent> outside =
          List.of(
              new Extent(0, 0, -1),
              new Extent(0, stream.offset(), -1),
              new Extent(stream.offset() + 1, stream.offset() + 4096, -1),
              new Extent(end, Long.MAX_VALUE, -1),
              new Extent(end, 0, -1));

      assertThat(Rows.of(file, stream, outside, 100)).isEmpty();
    }
  }

  @Test
  void aBatchHoldsTheRowsOfSeveralPages() throws IOException {
    try (TraceFile file = Sample.open(SAMPLE.dat().version6())) {
      StreamReader reader = new StreamReader(file, file.streams().get(0));
      EventBatch batch = new EventBatch();

      assertThat(reader.next(batch)).isTrue();
      assertThat(batch.size()).isGreaterThan(5 * 79 - 1);
      assertThat(batch.cpu()).isZero();
      assertThat(reader.next(batch)).isFalse();
      assertThat(batch.size()).isZero();
      assertThat(reader.next(batch)).isFalse();
    }
  }

  @Test
  void payloadsCanBeReadWhileTheBatchHolds() throws IOException {
    Sample large = new Sample(PageShape.of(1 << 20, ByteOrder.LITTLE_ENDIAN), SAMPLE.kernel());
    byte[] bytes = large.dat().version6();
    try (TraceFile file = Sample.open(bytes)) {
      StreamReader reader = new StreamReader(file, file.streams().get(0));
      EventBatch batch = new EventBatch(100_000);
      Endian endian = file.streams().get(0).layout().endian();
      int events = 0;
      while (reader.next(batch)) {
        for (int row = 0; row < batch.size(); row++) {
          if (batch.kind(row) == EventBatch.EXIT) {
            int at = batch.payloadOffset(row);
            // common_type of kvm_exit, common_pid
            assertThat(endian.u16(batch.bytes(), at)).isEqualTo(1440);
            assertThat(endian.i32(batch.bytes(), at + 4)).isEqualTo(batch.thread(row));
            // the struct of linux 6.1, its padding included
            assertThat(batch.payloadBytes(row)).isEqualTo(64);
            events++;
          }
        }
      }
      assertThat(events).isGreaterThan(10_000);
    }
  }

  @Test
  void aPagesRowSaysWhereItLies() throws IOException {
    try (TraceFile file = Sample.open(SAMPLE.dat().version6())) {
      PageStream stream = file.streams().get(1);
      List<Long> positions = new ArrayList<>();
      EventBatch batch = new EventBatch();
      StreamReader reader = new StreamReader(file, stream);
      while (reader.next(batch)) {
        for (int row = 0; row < batch.size(); row++) {
          if (batch.kind(row) == EventBatch.PAGE) {
            positions.add(batch.position(row));
          }
        }
      }
      assertThat(positions)
          .containsExactly(stream.offset(), stream.offset() + 4096, stream.offset() + 8192);
    }
  }

  @Test
  void aFileThatShrinksWhileItIsReadGivesADamageRow() throws IOException {
    byte[] bytes = SAMPLE.dat().version6();
    try (TraceFile whole = Sample.open(bytes)) {
      PageStream stream = whole.streams().get(1);
      for (long pagesLeft = 0; pagesLeft < 3; pagesLeft++) {
        for (int more : new int[] {0, 5}) {
          int length = (int) (stream.offset() + pagesLeft * 4096 + more);
          SeekableInput shorter = new BytesInput("short", Sample.cut(bytes, length));
          TraceFile file =
              new OpenedTrace(whole.metadata(), whole.schema(), whole.streams(), shorter);

          List<String> rows = Rows.of(file, stream);

          assertThat(rows).filteredOn(row -> row.startsWith("PAGE ")).hasSize((int) pagesLeft);
          assertThat(rows).endsWith("DAMAGE PAGE_CUT_SHORT at 0");
        }
      }
    }
  }
}
