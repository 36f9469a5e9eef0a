package org.vmtrace.latency;

/**
 * The finished analysis of one thread of one recording.
 *
 * @param tally what was counted of it
 * @param peaks its largest sums
 */
public record ThreadResult(ThreadTally tally, ThreadPeaks peaks) {}
