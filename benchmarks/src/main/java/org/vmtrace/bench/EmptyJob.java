package org.vmtrace.bench;

import java.io.IOException;
import org.apache.spark.sql.SparkSession;

/** The least that a Spark job can do: what a process pays for Spark before it does any work. */
public final class EmptyJob {
  private EmptyJob() {}

  /** Counts one row; arguments are ignored. */
  public static void main(String[] arguments) throws IOException {
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      if (spark.range(1).count() != 1) {
        throw new IllegalStateException("Spark cannot count to one");
      }
    }
  }
}
