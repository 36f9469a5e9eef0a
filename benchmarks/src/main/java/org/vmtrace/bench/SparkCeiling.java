package org.vmtrace.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.recording.AnalysisChoice;
import org.vmtrace.recording.BadFiles;
import org.vmtrace.spark.JobOptions;
import org.vmtrace.spark.VmTraceJob;

/**
 * The job beside Spark's own ceiling, in one warmed session: Spark writing the same number of rows
 * of the same schema from {@code spark.range}, and DuckDB doing so.
 *
 * <pre>
 *   SparkCeiling TRACE FOLDER [RUNS]
 * </pre>
 *
 * One round of all warms up; then come RUNS rounds, 5 unless given. What is printed are medians:
 * wall and CPU seconds of the whole process, MiB allocated on the Java heap, MiB written, ratios to
 * the ceiling. FOLDER is made, filled and emptied.
 */
public final class SparkCeiling {
  /** Columns that are as hard to write as those of a trace with one thread and seven reasons. */
  private static final List<String> COLUMNS =
      List.of(
          "'big.dat' as recording",
          "'' as host",
          "cast(0 as int) as cpu",
          "cast(4000 as int) as thread",
          "'CPU 0/KVM' as comm",
          "cast(0 as int) as vcpu",
          "case id % 7 when 0 then 'msr' when 1 then 'interrupt' when 2 then 'npf' when 3 then 'io'"
              + " when 4 then 'cpuid' when 5 then 'vintr' else 'hlt' end as reason",
          "id % 7 + 96 as reason_code",
          "id % 7 = 6 as idle",
          "id * 8000 + {bits 12} as exit_time_ns",
          "id * 8000 + {bits 12} + 700 + {bits 11} as entry_time_ns",
          "700 + {bits 11} as latency_ns",
          "{bits 24} - 2130706432 as guest_ip");

  private final SparkSession spark;
  private final String trace;
  private final Path folder;
  private final Map<String, List<double[]>> figures = new LinkedHashMap<>();

  private SparkCeiling(SparkSession spark, String trace, Path folder) {
    this.spark = spark;
    this.trace = trace;
    this.folder = folder;
  }

  /** Something that is measured. */
  @FunctionalInterface
  private interface Work {
    void run() throws IOException, SQLException;
  }

  /** See the class. */
  public static void main(String[] arguments) throws Exception {
    SparkSession spark =
        SparkSession.builder()
            .config("spark.master", System.getProperty("spark.master", "local[2]"))
            .appName("ceiling")
            .getOrCreate();
    SparkCeiling bench = new SparkCeiling(spark, arguments[0], Path.of(arguments[1]));
    long rows = bench.job(true);
    int runs = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5;
    for (int run = 0; run <= runs; run++) {
      if (run == 1) {
        bench.figures.clear();
      }
      bench.measure("Spark, range to zstd Parquet", () -> bench.ceiling(rows));
      bench.measure("the job", () -> bench.job(true));
      bench.measure("the job, --no-latencies", () -> bench.job(false));
      bench.measure("DuckDB, range to zstd Parquet", () -> bench.duckDb(rows));
    }
    bench.print(rows);
    spark.stop();
  }

  private void ceiling(long rows) {
    spark
        .range(rows)
        .selectExpr(
            COLUMNS.stream()
                .map(
                    column ->
                        column.replaceAll(
                            "\\{bits (\\d+)}", "shiftrightunsigned(xxhash64(id), 64 - $1)"))
                .toArray(String[]::new))
        .write()
        .option("compression", "zstd")
        .parquet(folder.resolve("ceiling").toString());
  }

  private void duckDb(long rows) throws SQLException {
    String columns =
        String.join(", ", COLUMNS).replaceAll("\\{bits (\\d+)}", "(hash(id) >> (64 - $1))::bigint");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("set threads = 2");
      statement.execute("set preserve_insertion_order = false");
      statement.execute(
          "copy (select %s from range(%d) r(id)) to '%s' (format parquet, compression zstd, parquet_version v2)"
              .formatted(columns, rows, folder.resolve("duckdb.parquet")));
    }
  }

  private long job(boolean latencies) throws IOException {
    JobOptions options =
        new JobOptions(
            List.of(trace),
            folder.resolve("job").toString(),
            true,
            0,
            OpenOptions.defaults(),
            AnalysisChoice.DEFAULT,
            latencies,
            true,
            BadFiles.FAIL);
    return new VmTraceJob(JavaSparkContext.fromSparkContext(spark.sparkContext()), options)
        .run()
        .all()
        .latencies();
  }

  private void measure(String what, Work work) throws IOException, SQLException {
    empty();
    Files.createDirectories(folder);
    System.gc();
    long allocated = allocated();
    long cpu = cpu();
    long begun = System.nanoTime();
    work.run();
    double wall = (System.nanoTime() - begun) / 1e9;
    double used = (cpu() - cpu) / 1e9;
    double heap = (allocated() - allocated) / 1048576.0;
    figures
        .computeIfAbsent(what, name -> new ArrayList<>())
        .add(new double[] {wall, used, heap, written() / 1048576.0});
    System.err.printf(Locale.ROOT, "%s: %.2f s, CPU %.2f s%n", what, wall, used);
    empty();
  }

  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** Bytes that the threads that are alive have allocated. */
  private static long allocated() {
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
        .filter(bytes -> bytes > 0)
        .sum();
  }

  private void print(long rows) {
    double[] ceiling = medians("Spark, range to zstd Parquet");
    System.out.printf(
        Locale.ROOT,
        "%,d rows, medians of %d%n%-32s %8s %8s %12s %9s %9s %9s%n",
        rows,
        figures.values().iterator().next().size(),
        "",
        "wall, s",
        "CPU, s",
        "heap, MiB",
        "out, MiB",
        "wall of",
        "CPU of");
    for (String what : figures.keySet()) {
      double[] of = medians(what);
      System.out.printf(
          Locale.ROOT,
          "%-32s %8.2f %8.2f %12.0f %9.1f %9.2f %9.2f%n",
          what,
          of[0],
          of[1],
          of[2],
          of[3],
          of[0] / ceiling[0],
          of[1] / ceiling[1]);
    }
  }

  private double[] medians(String what) {
    List<double[]> all = figures.get(what);
    double[] medians = new double[all.get(0).length];
    for (int column = 0; column < medians.length; column++) {
      int at = column;
      double[] sorted = all.stream().mapToDouble(figure -> figure[at]).sorted().toArray();
      medians[column] = sorted[sorted.length / 2];
    }
    return medians;
  }

  private long written() throws IOException {
    try (var files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".parquet"))
          .mapToLong(SparkCeiling::size)
          .sum();
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void empty() throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path below, IOException failure)
              throws IOException {
            Files.delete(below);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
