package org.vmtrace.bench;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/** The least that a Spark job can do: what a process pays for Spark before it does any work. */
public final class EmptyJob {
  private EmptyJob() {}

  /** Counts one element; arguments are ignored. */
  public static void main(String[] arguments) {
    try (JavaSparkContext context = new JavaSparkContext()) {
      if (context.parallelize(List.of(1)).count() != 1) {
        throw new IllegalStateException("Spark cannot count to one");
      }
    }
  }
}
