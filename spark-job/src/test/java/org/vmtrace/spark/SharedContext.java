package org.vmtrace.spark;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The one Spark of a test JVM: two cores, tasks are tried three times. It serializes data with
 * Kryo, as many a cluster does; what runs with Kryo runs with Java's serialization, not the other
 * way round.
 */
public final class SharedContext {
  private static JavaSparkContext context;

  private SharedContext() {}

  /** The context; it lives as long as the JVM. */
  public static synchronized JavaSparkContext get() {
    if (context == null) {
      context =
          new JavaSparkContext(
              new SparkConf()
                  .setMaster("local[2,3]")
                  .setAppName("tests")
                  .set("spark.ui.enabled", "false")
                  .set("spark.sql.warehouse.dir", "target/warehouse")
                  .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
                  .set("spark.hadoop.fs.file.impl", FlakyFileSystem.class.getName())
                  .set("spark.hadoop.fs.file.impl.disable.cache", "true"));
    }
    return context;
  }

  /** What a test does that fills the log on purpose. */
  @FunctionalInterface
  public interface Trouble {
    /** Does it. */
    void make() throws Exception;
  }

  /** Does something without a word in the log. */
  public static void quietly(Trouble trouble) throws Exception {
    Configurator.setAllLevels(LogManager.ROOT_LOGGER_NAME, Level.OFF);
    try {
      trouble.make();
    } finally {
      Configurator.setAllLevels(LogManager.ROOT_LOGGER_NAME, Level.WARN);
    }
  }
}
