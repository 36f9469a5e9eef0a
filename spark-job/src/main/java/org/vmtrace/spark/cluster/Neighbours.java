package org.vmtrace.spark.cluster;

import java.io.Serializable;
import org.apache.spark.Partition;
import org.apache.spark.rdd.PartitionCoalescer;
import org.apache.spark.rdd.PartitionGroup;
import org.apache.spark.rdd.RDD;
import scala.Option;

/**
 * Joins partitions that follow one another, so that the order of the rows stays; Spark's own way
 * looks at where they lie.
 */
final class Neighbours implements PartitionCoalescer, Serializable {
  private static final long serialVersionUID = 1;

  @Override
  public PartitionGroup[] coalesce(int groups, RDD<?> parent) {
    Partition[] partitions = parent.partitions();
    PartitionGroup[] joined = new PartitionGroup[Math.min(groups, partitions.length)];
    for (int group = 0; group < joined.length; group++) {
      joined[group] = new PartitionGroup(Option.empty());
    }
    for (int i = 0; i < partitions.length; i++) {
      int group = (int) ((long) i * joined.length / partitions.length);
      joined[group].partitions().addOne(partitions[i]);
    }
    return joined;
  }
}
