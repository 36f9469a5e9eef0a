package org.vmtrace.latency;

import java.io.Serializable;
import java.util.Map;

/**
 * What a split must know of its neighbours to write its rows, by {@link ThreadKey} where it is per
 * thread.
 *
 * @param open the exits that are open before the split, for the entries that are its threads' first
 *     events
 * @param ownedWindows starts of the threads' last tumbling windows before the split, which earlier
 *     splits write
 * @param addedLater what later splits add to the threads' last windows in the split
 * @param timeBefore the last event's time before the split, null where there is none
 * @param stampAfter the first page stamp behind the split, null where there is none
 * @param steady whether time never steps back in the stream
 */
public record Carry(
    Map<Long, OpenExit> open,
    Map<Long, Long> ownedWindows,
    Map<Long, Tumble> addedLater,
    Long timeBefore,
    Long stampAfter,
    boolean steady)
    implements Serializable {
  /** The carry of a stream that is not cut, or whose only split this is. */
  public static Carry whole(StreamCounts counts) {
    return new Carry(Map.of(), Map.of(), Map.of(), null, null, counts.stepsBack() == 0);
  }
}
