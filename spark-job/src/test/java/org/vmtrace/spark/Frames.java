package org.vmtrace.spark;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/** DataFrames of the data source, and rows as {@link Tables} writes them. */
final class Frames {
  private Frames() {}

  static SparkSession session() {
    SharedContext.get();
    try {
      // The builder warns that there is a Spark already.
      SharedContext.quietly(() -> SparkSession.builder().getOrCreate());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return SparkSession.active();
  }

  /** A reader of one page a split. */
  static DataFrameReader pages(String table) {
    return session().read().format("vm-trace").option("table", table).option("split-size", "1");
  }

  /** The rows, in any order. */
  static List<String> rows(Dataset<Row> frame) {
    return frame.collectAsList().stream().map(Frames::row).toList();
  }

  /** The rows, in the order of their texts. */
  static List<String> sorted(Dataset<Row> frame) {
    return rows(frame).stream().sorted().toList();
  }

  private static String row(Row row) {
    return String.join(
        "|",
        CollectionConverters.asJava(row.toSeq()).stream()
            .map(value -> value == null ? "-" : value.toString())
            .toList());
  }

  /** Names and types of the columns. */
  static List<String> columns(Dataset<Row> frame) {
    return Arrays.stream(frame.schema().fields())
        .map(field -> field.name() + " " + field.dataType().sql())
        .toList();
  }
}
