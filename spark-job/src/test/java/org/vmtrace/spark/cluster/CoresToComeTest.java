package org.vmtrace.spark.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

/** Settings as the cluster managers of Spark understand them. */
class CoresToComeTest {
  private static final int NONE_REGISTERED = 2;

  private final SparkConf conf = new SparkConf(false);

  private void assertCores(int expected) {
    assertThat(CoresToCome.of(conf, NONE_REGISTERED)).isEqualTo(expected);
  }

  @Test
  void manyAreAssumedWhereNothingTells() {
    assertCores(100);
    conf.set("spark.executor.cores", "4");
    assertCores(100);
  }

  @Test
  void aParallelismThatIsSetIsTaken() {
    conf.set("spark.default.parallelism", "2").set("spark.cores.max", "64");
    assertCores(2);
  }

  @Test
  void coresOfAStandaloneClusterArePromisedAsSuch() {
    conf.set("spark.cores.max", "64");
    assertCores(64);
  }

  @Test
  void executorsHaveCores() {
    conf.set("spark.executor.instances", "10");
    assertCores(10);
    conf.set("spark.executor.cores", "4");
    assertCores(40);
  }

  @Test
  void executorsThatComeAndGoAreCountedAtTheirMost() {
    conf.set("spark.dynamicAllocation.enabled", "true")
        .set("spark.executor.instances", "3")
        .set("spark.executor.cores", "4");
    assertCores(100);
    conf.set("spark.dynamicAllocation.maxExecutors", "50");
    assertCores(200);
  }

  @Test
  void noPromiseIsWithoutBounds() {
    conf.set("spark.dynamicAllocation.enabled", "true")
        .set("spark.dynamicAllocation.maxExecutors", "" + Integer.MAX_VALUE)
        .set("spark.executor.cores", "8");
    assertCores(10_000);
  }

  @Test
  void coresThatAreThereCount() {
    conf.set("spark.cores.max", "64");
    assertThat(CoresToCome.of(conf, 80)).isEqualTo(80);
    assertThat(CoresToCome.of(new SparkConf(false), 20_000)).isEqualTo(20_000);
  }
}
