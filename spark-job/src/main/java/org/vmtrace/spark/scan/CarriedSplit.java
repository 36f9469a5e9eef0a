package org.vmtrace.spark.scan;

import java.io.Serializable;
import org.vmtrace.latency.split.Carry;
import org.vmtrace.spark.input.RingBufferSplit;
import org.vmtrace.spark.plan.PlannedSplit;

/**
 * A split that is decoded again, with what the scan found out about its neighbours.
 *
 * @param planned which one
 * @param carry what its neighbours know
 */
public record CarriedSplit(PlannedSplit planned, Carry carry) implements Serializable {
  /** Where its pages lie. */
  public RingBufferSplit split() {
    return planned.split();
  }
}
