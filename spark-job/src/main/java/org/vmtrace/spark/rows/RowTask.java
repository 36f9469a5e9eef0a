package org.vmtrace.spark.rows;

import java.io.Serializable;
import java.util.List;
import org.vmtrace.spark.cluster.Packed;

/** A part of a table that one task reads, as bytes, see {@link Packed}. */
public final class RowTask implements Serializable {
  private static final long serialVersionUID = 1;

  private final byte[] work;
  private final List<String> hosts;

  RowTask(RowWork work, List<String> hosts) {
    this.work = Packed.pack(work);
    this.hosts = List.copyOf(hosts);
  }

  RowWork work() {
    return Packed.unpack(work);
  }

  /** Nodes on which reading it is cheap; none where nobody knows. */
  public List<String> hosts() {
    return hosts;
  }
}
