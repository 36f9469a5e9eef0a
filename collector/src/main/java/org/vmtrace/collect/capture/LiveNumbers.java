package org.vmtrace.collect.capture;

import org.vmtrace.latency.tally.Glance;

/**
 * What is known of a recording while it goes on.
 *
 * @param events events that were analysed
 * @param lost events that were overwritten, as far as the pages say
 * @param latencies a look at the latencies of the threads that were seen on one CPU only
 */
record LiveNumbers(long events, long lost, Glance latencies) {
  static final LiveNumbers NONE = new LiveNumbers(0, 0, Glance.NOTHING);
}
