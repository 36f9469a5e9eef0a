package org.vmtrace.spark;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.vmtrace.spark.script.WatchedFileSystem;

/** A JVM that runs the job and is gone, as if killed, when the third part file is begun. */
public final class DyingJob {
  static final int EXIT_CODE = 137;

  private DyingJob() {}

  /** A trace, and where the result is to lie. */
  public static void main(String[] arguments) throws IOException {
    SparkConf conf =
        new SparkConf()
            .setMaster("local[1]")
            .setAppName("dying")
            .set("spark.ui.enabled", "false")
            .set("spark.hadoop.fs.file.impl", Deadly.class.getName());
    try (JavaSparkContext context = new JavaSparkContext(conf)) {
      JobOptions options = new JobChoice(arguments[0], arguments[1]).splits(1).options();
      System.out.println(new VmTraceJob(context, options).run());
    }
  }

  /** The local file system, but for one file. */
  public static final class Deadly extends WatchedFileSystem {
    /** For Hadoop. */
    public Deadly() {}

    @Override
    protected OutputStream begun(org.apache.hadoop.fs.Path file, OutputStream out) {
      if (file.getName().startsWith("part-00002")) {
        Runtime.getRuntime().halt(EXIT_CODE);
      }
      return out;
    }
  }
}
