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
 * <pre>java -cp SPARK-JARS:vm-trace-analyze.jar ReadBack.java TRACE RESULT</pre>
 *
 * <p>Exit code 1 if the data source has other rows or columns than the job has written.
 */
public final class ReadBack {
  private ReadBack() {}

  /** The trace, and the folder of the result. */
  public static void main(String[] arguments) {
    SparkSession spark =
        SparkSession.builder().master("local[2]").appName("read back").getOrCreate();
    boolean same = true;
    for (String table : List.of("latencies", "windows")) {
      Dataset<Row> written = spark.read().parquet(arguments[1] + "/" + table);
      spark.sql(
          "CREATE OR REPLACE TEMPORARY VIEW source USING `vm-trace` OPTIONS (path '"
              + arguments[0]
              + "', table '"
              + table
              + "', 'split-size' '256KiB')");
      Dataset<Row> read = spark.sql("SELECT * FROM source");
      String job = checksum(written);
      String source = checksum(read);
      System.out.println(table + " " + job);
      if (!job.equals(source)
          || !written.exceptAll(read).isEmpty()
          || !read.exceptAll(written).isEmpty()) {
        System.out.println(table + " by the data source " + source);
        same = false;
      }
    }
    long busy =
        spark
            .read()
            .format("vm-trace")
            .load(arguments[0])
            .where("NOT idle AND latency_ns >= 100000")
            .count();
    System.out.println("busy latencies of 100us and more " + busy);
    spark.stop();
    System.exit(same ? 0 : 1);
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
