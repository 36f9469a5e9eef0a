package org.vmtrace.latency.split;

import org.vmtrace.latency.tally.ThreadTally;

/**
 * The finished analysis of one thread of one recording.
 *
 * @param tally what was counted of it
 * @param peaks its largest sums
 */
public record ThreadResult(ThreadTally tally, ThreadPeaks peaks) {}
