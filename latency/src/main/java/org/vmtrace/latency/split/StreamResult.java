package org.vmtrace.latency.split;

import java.util.Map;
import org.vmtrace.latency.ThreadKey;
import org.vmtrace.latency.pair.StreamCounts;
import org.vmtrace.latency.tally.Tallies;

/**
 * The result of one whole stream.
 *
 * @param counts what is counted without regard to threads
 * @param peaks each thread's largest sums, by {@link ThreadKey}
 * @param tallies what is counted of each thread
 */
public record StreamResult(StreamCounts counts, Map<Long, ThreadPeaks> peaks, Tallies tallies) {}
