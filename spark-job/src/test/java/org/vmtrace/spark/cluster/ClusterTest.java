package org.vmtrace.spark.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaPairRDD;
import org.junit.jupiter.api.Test;
import org.vmtrace.spark.SharedContext;
import scala.Tuple2;

class ClusterTest {
  /** Parts of 100 KB would then make tasks of 100 MB; Spark's limit is 128 MiB. */
  @Test
  void noTaskCarriesMoreThanAThousandPartsOfTheDriver() {
    List<Tuple2<byte[], byte[]>> parts = new ArrayList<>();
    for (int i = 0; i < 220_000; i++) {
      parts.add(new Tuple2<>(new byte[] {(byte) i}, new byte[0]));
    }
    JavaPairRDD<byte[], byte[]> spread =
        new Cluster(SharedContext.get(), new Configuration()).spread(parts);
    List<Integer> perTask = spread.glom().map(List::size).collect();
    assertThat(perTask).allMatch(count -> count <= 1024);
    assertThat(perTask.stream().mapToInt(count -> count).sum()).isEqualTo(220_000);
  }

  @Test
  void nothingIsSpreadAsOneEmptyTask() {
    Cluster cluster = new Cluster(SharedContext.get(), new Configuration());
    assertThat(cluster.spread(List.of()).glom().map(List::size).collect()).containsExactly(0);
  }
}
