package org.vmtrace.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

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
      JobOptions options = Run.options(Path.of(arguments[1]), 1, List.of(arguments[0]));
      System.out.println(new VmTraceJob(context, options).run());
    }
  }

  /** The local file system, but for one file. */
  public static final class Deadly extends LocalFileSystem {
    /** For Hadoop. */
    public Deadly() {}

    @Override
    public FSDataOutputStream create(
        org.apache.hadoop.fs.Path file,
        FsPermission permission,
        boolean overwrite,
        int bufferSize,
        short replication,
        long blockSize,
        Progressable progress)
        throws IOException {
      if (file.getName().startsWith("part-00002")) {
        Runtime.getRuntime().halt(EXIT_CODE);
      }
      return super.create(
          file, permission, overwrite, bufferSize, replication, blockSize, progress);
    }
  }
}
