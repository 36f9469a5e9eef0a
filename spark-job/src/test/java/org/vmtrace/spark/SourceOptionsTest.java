package org.vmtrace.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the data source is called: from Java, from SQL, with paths and options. */
class SourceOptionsTest {
  @TempDir Path folder;

  private Path traces;

  /** Thread 77: a latency of 100 ns in a, 200 in b, 300 in c; b lies in a folder of its own. */
  @BeforeEach
  void makeTraces() throws IOException {
    traces = Files.createDirectory(folder.resolve("traces"));
    Files.createDirectory(traces.resolve("more"));
    Files.write(traces.resolve("a.dat"), trace(100));
    Files.write(traces.resolve("more/b.dat"), trace(200));
    Files.write(folder.resolve("c.dat"), trace(300));
  }

  private static byte[] trace(long latency) {
    return new BuiltTraces().page(1000).exit(1000).other(1010).entry(1000 + latency).traceDat();
  }

  private static Dataset<Row> load(Map<String, String> options, Path... paths) {
    String[] names = new String[paths.length];
    for (int i = 0; i < paths.length; i++) {
      names[i] = paths[i].toString();
    }
    return Frames.session().read().format("vm-trace").options(options).load(names);
  }

  private static void assertSum(long expected, Dataset<Row> frame) {
    assertThat(Frames.rows(frame.selectExpr("sum(latency_ns)"))).containsExactly("" + expected);
  }

  @Test
  void pathsAreFilesFoldersAndGlobs() {
    assertSum(100, load(Map.of(), traces.resolve("a.dat")));
    assertSum(300, load(Map.of(), traces));
    assertSum(600, load(Map.of(), traces, folder.resolve("c.dat")));
    assertSum(300, load(Map.of(), folder.resolve("*.dat")));
  }

  @Test
  void badFilesAreLeftOutWhenAsked() throws IOException {
    Files.write(traces.resolve("bad.dat"), Arrays.copyOf(trace(100), 100));
    assertThatThrownBy(() -> load(Map.of(), traces)).hasMessageContaining("bad.dat");
    assertThatThrownBy(() -> load(Map.of("skip-bad-files", "false"), traces))
        .hasMessageContaining("bad.dat");
    assertSum(300, load(Map.of("skip-bad-files", "true"), traces));
  }

  @Test
  void sqlReadsATraceAsAView() {
    SparkSession session = Frames.session();
    session.sql(
        "CREATE OR REPLACE TEMPORARY VIEW trace USING `vm-trace` OPTIONS (path '"
            + traces
            + "', 'split-size' '4KiB')");
    assertThat(
            Frames.rows(
                session.sql(
                    "SELECT recording, max(latency_ns) FROM trace WHERE latency_ns > 150 AND NOT"
                        + " idle GROUP BY recording")))
        .containsExactly("b.dat|200");
    session.sql(
        "CREATE OR REPLACE TEMPORARY VIEW windows USING `vm-trace` OPTIONS (path '"
            + traces
            + "', table 'windows')");
    assertThat(
            Frames.rows(
                session.sql(
                    "SELECT t.recording, w.cumulative_ns FROM trace t JOIN windows w USING"
                        + " (recording, thread) WHERE t.latency_ns = w.max_ns ORDER BY 1")))
        .containsExactly("a.dat|100", "b.dat|200");
  }

  private static List<String> sql(String statement) {
    return Frames.rows(Frames.session().sql(statement));
  }

  @Test
  void aTableOfTheCatalogIsReadDescribedAndDropped() {
    sql(
        "CREATE TABLE kept USING `vm-trace` OPTIONS (path '"
            + traces
            + "', 'Split-Size' '4KiB') COMMENT 'two' TBLPROPERTIES ('team' = 'kvm')");
    try {
      assertThat(sql("SELECT sum(latency_ns) FROM kept")).containsExactly("300");
      assertThat(sql("DESCRIBE EXTENDED kept"))
          .anyMatch(row -> row.startsWith("latency_ns|bigint"));
    } finally {
      sql("DROP TABLE kept");
    }
    assertThat(traces.resolve("a.dat")).exists();
    assertThat(traces.resolve("more/b.dat")).exists();
  }

  @Test
  void aTableOfTheCatalogMayHaveItsPathAsLocation() {
    sql(
        "CREATE TABLE located USING `vm-trace` OPTIONS ('table' 'windows', 'window' '300ns')"
            + " LOCATION '"
            + traces.resolve("a.dat")
            + "'");
    try {
      assertThat(sql("SELECT window_start_ns FROM located")).containsExactly("900");
    } finally {
      sql("DROP TABLE located");
    }
    assertThat(traces.resolve("a.dat")).exists();
  }

  @Test
  void aTableOfTheCatalogIsMadeFromJava() {
    String path = traces.resolve("a.dat").toString();
    try {
      assertSum(100, Frames.session().catalog().createTable("made", path, "vm-trace"));
    } finally {
      sql("DROP TABLE IF EXISTS made");
    }
  }

  private void assertReadingFails(String created, String sentence) {
    sql("CREATE TABLE broken USING `vm-trace` " + created);
    try {
      assertThatThrownBy(() -> sql("SELECT * FROM broken"))
          .message()
          .startsWith(sentence)
          .doesNotContain("\n");
      assertThat(sql("DESCRIBE broken")).isNotNull();
    } finally {
      sql("DROP TABLE broken");
    }
  }

  @Test
  void aTableOfTheCatalogWithoutSenseIsDroppedAllTheSame() {
    Path nowhere = folder.resolve("nowhere");
    assertReadingFails(
        "OPTIONS (path '" + nowhere + "')", "file:" + nowhere + ": no such file or folder");
    String path = "OPTIONS (path '" + traces + "', ";
    assertReadingFails(
        path + "windo '1ms')", "vm-trace has no option \"windo\"; there are buffer,");
    assertReadingFails(
        path + "window '5')", "Invalid value for option 'window': \"5\" is no duration");
    assertReadingFails(path + "table 'rows')", "vm-trace has no table \"rows\"; there are lat");
  }

  private void inCatalog(String name, Runnable test) {
    sql(
        "CREATE TABLE "
            + name
            + " USING `vm-trace` OPTIONS ('table' 'windows', 'window' '300ns') LOCATION '"
            + traces.resolve("a.dat")
            + "'");
    try {
      test.run();
    } finally {
      sql("DROP TABLE " + name);
    }
  }

  private static boolean isReadFromTheCache(String query) {
    return Frames.session()
        .sql(query)
        .queryExecution()
        .executedPlan()
        .toString()
        .contains("InMemoryRelation");
  }

  @Test
  void aTableOfTheCatalogIsCachedUntilItIsNoMore() {
    inCatalog(
        "cached",
        () -> {
          sql("CACHE TABLE cached");
          assertThat(isReadFromTheCache("SELECT * FROM cached WHERE thread = 77")).isTrue();
          assertThat(sql("SELECT window_start_ns FROM cached")).containsExactly("900");
          sql("UNCACHE TABLE cached");
          assertThat(isReadFromTheCache("SELECT * FROM cached WHERE thread = 77")).isFalse();
          assertThat(Frames.session().sharedState().cacheManager().isEmpty()).isTrue();
        });
  }

  @Test
  void aTableOfTheCatalogTellsHowItWasMade() {
    inCatalog(
        "told",
        () -> {
          assertThat(sql("SHOW CREATE TABLE told").get(0))
              .contains("USING vm-trace", "'window' = '300ns'", "'table' = 'windows'")
              .contains("LOCATION 'file:" + traces.resolve("a.dat") + "'");
          assertThat(sql("DESCRIBE EXTENDED told"))
              .contains("Provider|vm-trace|", "Location|file:" + traces.resolve("a.dat") + "|");
        });
  }

  @Test
  void aTableOfTheCatalogIsExternalWhereItHasALocation() {
    inCatalog(
        "external", () -> assertThat(sql("DESCRIBE EXTENDED external")).contains("Type|EXTERNAL|"));
  }

  @Test
  void aTableOfTheCatalogTakesNoOptionsWhenItIsRead() {
    inCatalog(
        "fixed",
        () -> {
          for (String option : List.of("window", "widnow", "table")) {
            assertThatThrownBy(
                    () -> Frames.session().read().option(option, "events").table("fixed").count())
                .hasMessage(
                    "a table of a catalog is read with the options that it was made with, not with "
                        + option);
          }
        });
  }

  @Test
  void optionsMeanWhatTheyMeanToTheJob() {
    Path a = traces.resolve("a.dat");
    assertThat(
            Frames.rows(
                load(Map.of("table", "windows", "window", "300ns"), a).select("window_start_ns")))
        .containsExactly("900");
    assertThat(load(Map.of("exclude-reason", "IO_INSTRUCTION"), a).count()).isZero();
    assertSum(90, load(Map.of("Exit-Event", "kvm:kvm_fpu"), a));
  }

  @Test
  void aTableIsNamedInAnyCase() {
    assertThat(load(Map.of("TABLE", "Events"), traces.resolve("a.dat")).count()).isEqualTo(3);
  }

  @Test
  void theNextQuerySeesTheSameFiles() throws IOException {
    Dataset<Row> frame = load(Map.of(), traces);
    Files.write(traces.resolve("late.dat"), trace(1000));
    assertSum(300, frame);
    assertSum(1300, load(Map.of(), traces));
  }

  @Test
  void aTraceThatWasReplacedIsNotRead() throws Exception {
    Dataset<Row> frame = load(Map.of(), traces);
    assertSum(300, frame);
    Path replaced = Files.write(traces.resolve("a.dat"), trace(150));
    Files.setLastModifiedTime(replaced, FileTime.fromMillis(1_600_000_000_000L));
    SharedContext.quietly(
        () ->
            assertThatThrownBy(frame::count)
                .hasStackTraceContaining(replaced + " has changed since it was found: "));
    assertSum(350, load(Map.of(), traces));
  }

  private void assertRefused(String sentence, Map<String, String> options, Path... paths) {
    assertThatThrownBy(() -> SharedContext.quietly(() -> load(options, paths).count()))
        .message()
        .startsWith(sentence)
        .doesNotContain("\n");
  }

  @Test
  void whatIsWrongIsSaidInOneSentence() throws IOException {
    assertRefused(
        "vm-trace has no option \"splitsize\"; there are buffer, entry-event, event-formats,"
            + " exclude-reason, exit-event, page-size, path, reason-field, skip-bad-files,"
            + " split-size, table, window",
        Map.of("splitSize", "1"),
        traces);
    assertRefused(
        "vm-trace has no table \"rows\"; there are latencies, windows, events",
        Map.of("table", "rows"),
        traces);
    assertRefused(
        "Invalid value for option 'window': \"5\" is no duration", Map.of("window", "5"), traces);
    assertRefused("no path is given", Map.of());
    Path nowhere = folder.resolve("nowhere");
    assertRefused(nowhere + ": no such file or folder", Map.of(), nowhere);
    Path noTrace = Files.writeString(folder.resolve("no.txt"), "nothing");
    assertRefused(noTrace + ": ", Map.of(), noTrace);
    assertRefused("event-formats: ", Map.of("event-formats", nowhere.toString()), traces);
  }
}
