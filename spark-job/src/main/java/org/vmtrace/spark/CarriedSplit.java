package org.vmtrace.spark;

import java.io.Serializable;
import org.vmtrace.latency.Carry;

/**
 * A split that is decoded again, with what the scan found out about its neighbours.
 *
 * @param planned which one
 * @param carry what its neighbours know
 */
record CarriedSplit(PlannedSplit planned, Carry carry) implements Serializable {}
