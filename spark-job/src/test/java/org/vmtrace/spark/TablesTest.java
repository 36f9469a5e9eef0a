package org.vmtrace.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmtrace.event.EventPair;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.latency.summary.ReasonRow;
import org.vmtrace.latency.summary.Summary;
import org.vmtrace.recording.AnalysisChoice;
import org.vmtrace.testkit.RandomKnobs;
import org.vmtrace.testkit.RandomRecording;

/** What the Parquet files look like, and that SQL over them agrees with the summary. */
class TablesTest {
  private static final String LATENCIES =
      """
      message latency {
        required binary recording (STRING);
        required binary host (STRING);
        required int32 cpu;
        required int32 thread;
        required binary comm (STRING);
        optional int32 vcpu;
        required binary reason (STRING);
        required int64 reason_code;
        required boolean idle;
        required int64 exit_time_ns;
        required int64 entry_time_ns;
        required int64 latency_ns;
        optional int64 guest_ip;
      }
      """;

  private static final String WINDOWS =
      """
      message window {
        required binary recording (STRING);
        required binary host (STRING);
        required int32 thread;
        required binary comm (STRING);
        required int64 window_start_ns;
        required int64 latencies;
        required int64 cumulative_ns;
        required int64 max_ns;
        required int64 busy_latencies;
        required int64 busy_cumulative_ns;
        required int64 busy_max_ns;
      }
      """;

  @TempDir Path folder;

  private Path output;

  private JobChoice job(RandomRecording recording) throws IOException {
    Path file = Files.write(folder.resolve("t"), recording.traceDat().version6());
    output = folder.resolve("out");
    return new JobChoice(file, output);
  }

  private static RandomRecording recording() {
    return RandomRecording.of(5, new RandomKnobs().streams(2, 1).events(3000).unpaired(0.05));
  }

  private ParquetMetadata footer(String file) throws Exception {
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(
                new org.apache.hadoop.fs.Path(output.resolve(file).toUri()),
                new Configuration()))) {
      return reader.getFooter();
    }
  }

  @Test
  void columnsAreThoseOfTheDesign() throws Exception {
    Run.job(job(recording()));
    assertThat(footer("latencies/part-00000.zstd.parquet").getFileMetaData().getSchema())
        .hasToString(LATENCIES);
    assertThat(footer("windows/part-00000.zstd.parquet").getFileMetaData().getSchema())
        .hasToString(WINDOWS);
  }

  @Test
  void timesAreStoredAsDifferencesAndPacked() throws Exception {
    Run.job(job(recording()));
    Map<String, ColumnChunkMetaData> columns = new TreeMap<>();
    footer("latencies/part-00000.zstd.parquet").getBlocks().get(0).getColumns().stream()
        .forEach(column -> columns.put(column.getPath().toDotString(), column));
    for (String time : List.of("exit_time_ns", "entry_time_ns", "latency_ns")) {
      assertThat(columns.get(time).getEncodings()).contains(Encoding.DELTA_BINARY_PACKED);
      assertThat(columns.get(time).hasDictionaryPage()).isFalse();
    }
    assertThat(columns.values()).allMatch(column -> column.getCodec() == CompressionCodecName.ZSTD);
    assertThat(columns.get("reason").hasDictionaryPage()).isTrue();
  }

  @Test
  void sqlOverTheTablesAgreesWithTheSummary() throws Exception {
    Summary summary = Run.job(job(recording()));
    try (Tables tables = new Tables(output)) {
      assertThat(tables.rows("select count(*), sum(latency_ns), max(latency_ns) from latencies"))
          .containsExactly(
              summary.all().latencies()
                  + "|"
                  + summary.all().sum()
                  + "|"
                  + summary.all().max().value());
      assertThat(
              tables.rows(
                  "select count(*), sum(latency_ns), max(latency_ns) from latencies where not idle"))
          .containsExactly(
              summary.busy().latencies()
                  + "|"
                  + summary.busy().sum()
                  + "|"
                  + summary.busy().max().value());
      assertThat(
              tables.rows(
                  "select reason, reason_code, idle, count(*), sum(latency_ns), max(latency_ns) from"
                      + " latencies group by all order by sum(latency_ns) desc, reason_code"))
          .isEqualTo(summary.reasons().stream().map(TablesTest::row).toList());
      assertThat(
              tables.rows(
                  "select sum(latencies), sum(cumulative_ns), max(cumulative_ns), max(max_ns),"
                      + " sum(busy_latencies), sum(busy_cumulative_ns), max(busy_cumulative_ns) from"
                      + " windows"))
          .containsExactly(
              String.join(
                  "|",
                  "" + summary.all().latencies(),
                  "" + summary.all().sum(),
                  "" + summary.all().maxTumblingWindow().value(),
                  "" + summary.all().max().value(),
                  "" + summary.busy().latencies(),
                  "" + summary.busy().sum(),
                  "" + summary.busy().maxTumblingWindow().value()));
    }
  }

  private static String row(ReasonRow row) {
    return String.join(
        "|",
        row.reason(),
        "" + row.code(),
        "" + row.idle(),
        "" + row.latencies(),
        "" + row.sum(),
        "" + row.max());
  }

  @Test
  void tablesWithoutRowsHaveTheirColumns() throws Exception {
    Run.job(job(RandomRecording.of(5, new RandomKnobs().events(0))));
    try (Tables tables = new Tables(output)) {
      assertThat(tables.rows("select count(*), count(guest_ip) from latencies"))
          .containsExactly("0|0");
      assertThat(tables.rows("select count(*), count(busy_max_ns) from windows"))
          .containsExactly("0|0");
    }
  }

  @Test
  void aTableThatIsNotWantedIsNotWritten() throws Exception {
    Run.job(job(recording()).withoutLatencies());
    assertThat(output.resolve("latencies")).doesNotExist();
    assertThat(output.resolve("windows")).isNotEmptyDirectory();
    assertThat(output.resolve("_SUCCESS")).exists();
    Run.job(job(recording()).withoutWindows());
    assertThat(output.resolve("latencies")).isNotEmptyDirectory();
    assertThat(output.resolve("windows")).doesNotExist();
  }

  @Test
  void windowsAloneComeInTheOrderThatTheyHaveBesideLatencies() throws Exception {
    AnalysisChoice choice = new AnalysisChoice(20_000, 10, Set.of());
    JobChoice job = job(recording()).splits(20_000).analysis(choice);
    Run.job(job);
    List<String> windows = Run.rows(output, "windows");
    Run.job(job.withoutLatencies());
    assertThat(Run.rows(output, "windows")).isEqualTo(windows).hasSizeGreaterThan(10);
  }

  @Test
  void withoutTablesThereIsStillTheSummary() throws Exception {
    Run.job(job(recording()));
    String whole = Run.json(output);
    Run.job(job(recording()).withoutLatencies().withoutWindows());
    assertThat(Run.json(output)).isEqualTo(whole);
    assertThat(output.resolve("_SUCCESS")).exists();
    assertThat(output.resolve("latencies")).doesNotExist();
  }

  @Test
  void whatTheEventsDoNotTellIsNull() throws Exception {
    byte[] trace = new BuiltTraces().page(1000).other(1000).entry(1100).traceDat();
    Path file = Files.write(folder.resolve("t"), trace);
    output = folder.resolve("out");
    EventPair pair = EventPair.parse("kvm:kvm_fpu", "kvm:kvm_entry", null);
    Run.job(new JobChoice(file, output).reading(OpenOptions.defaults().withPair(pair)));
    try (Tables tables = new Tables(output)) {
      assertThat(tables.rows("select latency_ns, vcpu, guest_ip from latencies"))
          .containsExactly("100|-|-");
    }
  }

  @Test
  void sparkSqlReadsTheTables() throws Exception {
    Summary summary = Run.job(job(recording()));
    // The builder warns that there is a Spark already.
    SharedContext.quietly(() -> SparkSession.builder().getOrCreate());
    SparkSession session = SparkSession.active();
    assertThat(
            session
                .read()
                .parquet(output.resolve("latencies").toString())
                .selectExpr("count(*)", "sum(latency_ns)", "sum(entry_time_ns - exit_time_ns)")
                .first()
                .mkString("|"))
        .isEqualTo(
            summary.all().latencies() + "|" + summary.all().sum() + "|" + summary.all().sum());
    assertThat(
            session
                .read()
                .parquet(output.resolve("windows").toString())
                .selectExpr("sum(latencies)", "sum(cumulative_ns)")
                .first()
                .mkString("|"))
        .isEqualTo(summary.all().latencies() + "|" + summary.all().sum());
  }
}
