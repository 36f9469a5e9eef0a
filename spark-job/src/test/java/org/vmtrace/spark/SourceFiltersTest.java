package org.vmtrace.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vmtrace.testkit.RandomKnobs;
import org.vmtrace.testkit.RandomRecording;

/** What the data source does with filters and with the columns that nobody asks for. */
class SourceFiltersTest {
  private static final int PAGES = 12;

  private static final long MS = 1_000_000;

  /** Behind all that lies in the earlier file. */
  private static final long LATE = PAGES * MS + MS / 2;

  @TempDir Path folder;

  private Path random;
  private Path early;
  private Path late;

  @BeforeEach
  void makeTraces() throws IOException {
    random = Files.createDirectory(folder.resolve("random"));
    for (long seed = 1; seed <= 6; seed++) {
      RandomRecording recording = RandomRecording.of(seed, new RandomKnobs().events(400));
      Files.write(random.resolve("r" + seed), recording.traceDat().version6());
    }
    early = Files.write(folder.resolve("early"), pages(77, 1));
    late = Files.write(folder.resolve("late"), pages(5, PAGES + 1));
  }

  /** A latency of n x 100 ns on the n-th page, one page a millisecond. */
  private static byte[] pages(int thread, int first) {
    BuiltTraces trace = new BuiltTraces();
    for (int n = 0; n < PAGES; n++) {
      long time = (first + n) * MS;
      trace.page(time).exit(thread, time).entry(thread, time + 100L * (n + 1));
    }
    return trace.traceDat();
  }

  private Dataset<Row> frame(String table, Path path) {
    return Frames.pages(table).load(path.toString());
  }

  /** Spark keeps a filter that it has to apply itself as a node of the plan. */
  private static boolean isLeftToSpark(Dataset<Row> frame) {
    return frame.queryExecution().executedPlan().toString().contains("Filter ");
  }

  /** Spark's own filters over rows that it holds itself are the reference. */
  private static void assertExact(Dataset<Row> source, Dataset<Row> copy, String condition) {
    PlainRows.assertSame(
        Frames.sorted(source.where(condition)), Frames.sorted(copy.where(condition)));
  }

  private static Dataset<Row> copy(Dataset<Row> frame) {
    return Frames.session().createDataFrame(frame.collectAsList(), frame.schema());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "latency_ns > 100",
        "latency_ns BETWEEN 50 AND 300 AND thread >= 102",
        "thread = 101",
        "thread IN (101, 103, 0)",
        "thread NOT IN (101, 103)",
        "thread IN (20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 103, 102)",
        "latency_ns NOT IN (20, 40, 60, 80, 100, 120, 140, 160, 10, 30, 50, 70, 90, 110, 130, 150,"
            + " 5, 15, 25, 35, 45, 55, 65, 75, 85, 95, 105, 115, 125, 135, 145, 155)",
        "NOT (thread = 101 OR latency_ns <= 100)",
        "NOT (thread <> 101 AND latency_ns < 100)",
        "reason = 'HLT'",
        "reason <> 'HLT' AND idle = false",
        "reason IN ('HLT', 'MSR_WRITE', 'nothing')",
        "idle",
        "NOT idle",
        "exit_time_ns >= 1000000100 AND entry_time_ns < 1000004000",
        "recording = 'r3'",
        "recording = 'r3' OR host <> 'nobody'",
        "comm = 'CPU 1/KVM'",
        "cpu = 1",
        "vcpu IS NULL",
        "vcpu = 1 OR guest_ip IS NOT NULL",
        "NOT (vcpu > 0)",
        "latency_ns < 0",
        "reason_code = 12",
        "thread NOT IN (101, null)"
      })
  void filtersAreAppliedExactlyByTheSource(String condition) {
    Dataset<Row> latencies = frame("latencies", random);
    assertThat(isLeftToSpark(latencies.where(condition))).isFalse();
    assertExact(latencies, copy(latencies), condition);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "latency_ns % 2 = 0",
        "reason LIKE 'M%'",
        "reason > 'M'",
        "thread = cpu",
        "vcpu <=> 1",
        "latency_ns > 100 AND reason LIKE 'M%'"
      })
  void otherFiltersAreLeftToSpark(String condition) {
    Dataset<Row> latencies = frame("latencies", random);
    assertThat(isLeftToSpark(latencies.where(condition))).isTrue();
    assertExact(latencies, copy(latencies), condition);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "window_start_ns >= 1000000 AND thread = 101",
        "busy_cumulative_ns > 100",
        "latencies = 1 OR max_ns < 10"
      })
  void windowsAreFilteredExactly(String condition) {
    Dataset<Row> windows = frame("windows", random);
    assertThat(isLeftToSpark(windows.where(condition))).isFalse();
    assertExact(windows, copy(windows), condition);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kind = 'exit' AND thread = 101",
        "thread <> 101",
        "NOT (thread = 101)",
        "kind IN ('loss', 'damage')",
        "reason = 'HLT' OR lost IS NOT NULL",
        "time_ns > 1000002000"
      })
  void eventsAreFilteredExactly(String condition) {
    Dataset<Row> events = frame("events", random);
    assertThat(isLeftToSpark(events.where(condition))).isFalse();
    assertExact(events, copy(events), condition);
  }

  /** Scans both files, then takes the later one away. */
  private Dataset<Row> withoutTheLaterFile(String table) throws IOException {
    Dataset<Row> frame = Frames.pages(table).load(early.toString(), late.toString());
    frame.count();
    Files.delete(late);
    return frame;
  }

  @Test
  void splitsWithoutTheTimeAreNotRead() throws IOException {
    Dataset<Row> latencies = withoutTheLaterFile("latencies");
    assertThat(latencies.where("entry_time_ns < " + 5 * MS).count()).isEqualTo(4);
    assertThat(latencies.where("NOT exit_time_ns >= " + 5 * MS).count()).isEqualTo(4);
    assertFails(latencies, "entry_time_ns > " + LATE);
  }

  @Test
  void splitsWithoutTheWindowAreNotRead() throws IOException {
    Dataset<Row> windows = withoutTheLaterFile("windows");
    assertThat(windows.where("window_start_ns = " + 3 * MS).count()).isEqualTo(1);
    assertFails(windows, "window_start_ns > " + LATE);
  }

  @Test
  void splitsWithoutTheThreadAreNotRead() throws IOException {
    Dataset<Row> latencies = withoutTheLaterFile("latencies");
    assertThat(latencies.where("thread = 77").count()).isEqualTo(PAGES);
    assertThat(latencies.where("comm = 'CPU 0/KVM'").count()).isEqualTo(PAGES);
    assertFails(latencies, "thread = 5");
  }

  private static void assertFails(Dataset<Row> frame, String condition) {
    assertThatThrownBy(() -> SharedContext.quietly(() -> frame.where(condition).collectAsList()))
        .hasMessageContaining("late");
  }

  @Test
  void recordingsThatAreNotWantedAreNotEvenScanned() throws IOException {
    Dataset<Row> latencies = frame("latencies", random);
    Files.delete(random.resolve("r1"));
    assertThat(Frames.rows(latencies.where("recording = 'r2'").select("recording").distinct()))
        .containsExactly("r2");
    assertThat(latencies.where("host = 'nobody'").count()).isZero();
  }

  @Test
  void onlyTheColumnsThatAreWantedAreMade() {
    Dataset<Row> some = frame("latencies", early).where("thread = 77").select("latency_ns");
    assertThat(some.queryExecution().executedPlan().toString()).contains("[latency_ns#");
    assertThat(Frames.rows(some))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, PAGES).mapToObj(page -> "" + 100 * page).toList());
  }

  private static Dataset<Row> longest(Dataset<Row> frame) {
    return frame.groupBy("thread").agg(functions.max("latency_ns").as("longest"));
  }

  /** Spark says in the plan of a query that has run what it has used twice. */
  private static boolean isReadOnce(Dataset<Row> joined) {
    joined.collectAsList();
    return joined.queryExecution().executedPlan().toString().contains("ReusedExchange");
  }

  @Test
  void equalReadingsOfOneFrameAreOne() {
    Dataset<Row> frame = frame("latencies", early);
    assertThat(isReadOnce(longest(frame).join(longest(frame), "thread"))).isTrue();
    assertThat(isReadOnce(longest(frame).join(longest(frame.where("cpu = 0")), "thread")))
        .isFalse();
  }

  @Test
  void rowsAreCountedWithoutColumns() {
    assertThat(frame("latencies", early).count()).isEqualTo(PAGES);
    assertThat(frame("events", early).count()).isEqualTo(2 * PAGES);
  }
}
