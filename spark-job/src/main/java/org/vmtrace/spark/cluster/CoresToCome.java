package org.vmtrace.spark.cluster;

import org.apache.spark.SparkConf;

/**
 * For how many cores work is cut before anything has run. Spark's default parallelism is 2 then:
 * executors are counted when they have registered, and with dynamic allocation they do so only when
 * there are tasks. Too many tasks cost some 10 ms each; too few leave a cluster idle.
 */
final class CoresToCome {
  /** Where nothing tells. */
  static final int ASSUMED = 100;

  /** More are not believed: settings may say "as many as there are" by the largest number. */
  static final int MOST = 10_000;

  private CoresToCome() {}

  /**
   * The cores of a cluster.
   *
   * @param counted Spark's default parallelism at the moment; believed if it was set
   */
  static int of(SparkConf conf, int counted) {
    if (conf.contains("spark.default.parallelism")) {
      return counted;
    }
    long promised = promised(conf);
    return (int) Math.max(counted, promised > 0 ? Math.min(MOST, promised) : ASSUMED);
  }

  /** What the settings promise; 0 where they promise nothing. */
  private static long promised(SparkConf conf) {
    String executors =
        conf.getBoolean("spark.dynamicAllocation.enabled", false)
            ? "spark.dynamicAllocation.maxExecutors"
            : "spark.executor.instances";
    long cores = (long) conf.getInt(executors, 0) * conf.getInt("spark.executor.cores", 1);
    return Math.max(conf.getInt("spark.cores.max", 0), cores);
  }
}
