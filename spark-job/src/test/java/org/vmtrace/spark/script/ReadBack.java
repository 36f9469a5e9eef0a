package org.vmtrace.spark.script;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Reads the tables that the job has written, and the same tables of the traces through the data
 * source, by SQL. Prints a line for each table: its name, how many rows it has, and a checksum that
 * does not depend on their order. Run from source by scripts/compat-test:
 *
 * <pre>java -cp SPARK-JARS:vm-trace-analyze.jar ReadBack.java TRACES RESULT WITHOUT-LATENCIES</pre>
 *
 * <p>Exit code 1 if the data source has other rows or columns than the job has written, or if the
 * job has written other windows without latencies.
 */
public final class ReadBack {
  private ReadBack() {}

  /** The traces, and the folders of both results. */
  public static void main(String[] arguments) {
    SparkSession spark =
        SparkSession.builder().master("local[2]").appName("read back").getOrCreate();
    String traces = arguments[0];
    boolean same = true;
    for (String table : List.of("latencies", "windows")) {
      Dataset<Row> written = spark.read().parquet(arguments[1] + "/" + table);
      System.out.println(table + " " + checksum(written));
      same &= same(table + " by the data source", written, view(spark, traces, table));
    }
    same &=
        same(
            "windows without latencies",
            spark.read().parquet(arguments[1] + "/windows"),
            spark.read().parquet(arguments[2] + "/windows"));
    Dataset<Row> events = view(spark, traces, "events");
    System.out.println("events " + checksum(events));
    for (Row kind : events.groupBy("kind").count().orderBy("kind").collectAsList()) {
      System.out.println("events of the kind " + kind);
    }
    same &= spark.version().startsWith("3.") || keptInTheCatalog(spark, traces);
    long busy =
        spark
            .read()
            .format("vm-trace")
            .load(traces)
            .where("NOT idle AND latency_ns >= 100000")
            .count();
    System.out.println("busy latencies of 100us and more " + busy);
    spark.stop();
    System.exit(same ? 0 : 1);
  }

  /** Spark 3 reads no table of a catalog whose data source is of the second kind. */
  private static boolean keptInTheCatalog(SparkSession spark, String traces) {
    spark.sql("CREATE TABLE kept USING `vm-trace` OPTIONS (path '" + traces + "')");
    boolean same =
        same("a table of the catalog", view(spark, traces, "latencies"), spark.table("kept"));
    spark.sql("DROP TABLE kept");
    return same;
  }

  private static Dataset<Row> view(SparkSession spark, String traces, String table) {
    spark.sql(
        "CREATE OR REPLACE TEMPORARY VIEW source USING `vm-trace` OPTIONS (path '"
            + traces
            + "', table '"
            + table
            + "', 'split-size' '256KiB')");
    return spark.sql("SELECT * FROM source");
  }

  private static boolean same(String what, Dataset<Row> expected, Dataset<Row> rows) {
    String checksum = checksum(rows);
    boolean same =
        checksum(expected).equals(checksum)
            && expected.exceptAll(rows).isEmpty()
            && rows.exceptAll(expected).isEmpty();
    if (!same) {
      System.out.println(what + ": " + checksum);
    }
    return same;
  }

  private static String checksum(Dataset<Row> table) {
    String columns = String.join(", ", table.columns());
    Row row =
        table
            .selectExpr("count(*)", "sum(CAST(xxhash64(" + columns + ") AS DECIMAL(38, 0)))")
            .first();
    return row.get(0) + " rows " + row.get(1) + " " + String.join(",", table.columns());
  }
}
