package org.vmtrace.spark.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.vmtrace.spark.input.RingBufferSplit;
import scala.Option;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** The way from the driver to the executors: what all tasks know, and what each is to do. */
public final class Cluster {
  private static final int PARTS_PER_TASK = 1024;

  private final JavaSparkContext context;
  private final Shared<Configuration> conf;

  /**
   * The executors of a session.
   *
   * @param conf the Hadoop configuration that all tasks get
   */
  public Cluster(JavaSparkContext context, Configuration conf) {
    this.context = context;
    this.conf = new Shared<>(context.broadcast(new PackedConfiguration(conf)));
  }

  /** The session. */
  public JavaSparkContext context() {
    return context;
  }

  /** The Hadoop configuration. */
  public Shared<Configuration> conf() {
    return conf;
  }

  /** Sends a value to every executor, once. */
  public <T> Shared<T> share(T value) {
    return new Shared<>(context.broadcast(new Packed<>(value)));
  }

  /** What the user interface and the log call the jobs that follow. */
  public void describe(String what) {
    context.sc().setJobDescription("vm-trace: " + what);
  }

  /** What jobs are called now; null: as Spark likes. */
  public String description() {
    return context.getLocalProperty("spark.job.description");
  }

  /** Calls the jobs that follow as they were called before. */
  public void describeAgain(String description) {
    context.setLocalProperty("spark.job.description", description);
  }

  /** Tasks that can run at the same time, now that some have run. */
  public int parallelism() {
    return Math.max(1, context.defaultParallelism());
  }

  /**
   * Tasks that will run at the same time, to plan with before any has run. What is planned may
   * depend on it, but never a result.
   */
  public int expectedParallelism() {
    return context.sc().isLocal()
        ? parallelism()
        : CoresToCome.of(context.getConf(), parallelism());
  }

  /**
   * An RDD with one partition per task, each near the splits that it is about.
   *
   * @param tasks lists of work; where there are none, the RDD has one partition without elements
   * @param split the split that an item of work is about
   */
  public <T> JavaRDD<byte[]> tasks(List<List<T>> tasks, Function<T, RingBufferSplit> split) {
    List<Tuple2<byte[], Seq<String>>> located = new ArrayList<>();
    for (List<T> task : tasks) {
      List<String> hosts = hosts(split.apply(task.get(0)));
      located.add(new Tuple2<>(Packed.pack(task), CollectionConverters.asScala(hosts).toSeq()));
    }
    ClassTag<byte[]> bytes = ClassTag$.MODULE$.apply(byte[].class);
    return context.sc().makeRDD(CollectionConverters.asScala(located).toSeq(), bytes).toJavaRDD();
  }

  /**
   * An RDD of what the driver has. Elements travel with their task, and Spark refuses a task that
   * is longer than {@code spark.rpc.message.maxSize} (128 MiB): there are as many tasks as it
   * takes.
   *
   * @param parts each some 100 KB at most
   */
  public JavaPairRDD<byte[], byte[]> spread(List<Tuple2<byte[], byte[]>> parts) {
    return context.parallelizePairs(parts, 1 + parts.size() / PARTS_PER_TASK);
  }

  /**
   * Joins so many neighbouring partitions of an RDD, but not more than leave work for every core.
   * The order of the elements stays.
   */
  public <T> JavaRDD<T> join(JavaRDD<T> rdd, int partitions) {
    int wanted = Math.max(parallelism(), rdd.getNumPartitions() / partitions);
    return rdd.rdd().coalesce(wanted, false, Option.apply(new Neighbours()), null).toJavaRDD();
  }

  /**
   * Nodes on which reading a split is cheap. Spark's local mode is told of none: it has but one,
   * and may wait for ever for another. What every node calls itself is no node's name.
   */
  public List<String> hosts(RingBufferSplit split) {
    if (context.sc().isLocal()) {
      return List.of();
    }
    return Stream.of(split.getLocations())
        .filter(host -> !host.equals("localhost") && !host.startsWith("127."))
        .toList();
  }
}
