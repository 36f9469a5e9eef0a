package org.vmtrace.latency;

import java.io.Serializable;
import java.util.Map;

/**
 * What a split must know of its neighbours to write its rows, by {@link ThreadKey} where it is per
 * thread.
 *
 * @param open the exits that are open before the split, for the entries that are its threads' first
 *     events
 * @param ownedWindows starts of the tumbling windows that earlier splits write
 * @param addedLater what later splits add to the split's last windows
 * @param timeBefore the last event's time before the split, null where there is none
 * @param stampAfter the first page stamp behind the split, null where there is none
 */
public record Carry(
    Map<Long, OpenExit> open,
    Map<Long, Long> ownedWindows,
    Map<Long, Tumble> addedLater,
    Long timeBefore,
    Long stampAfter)
    implements Serializable {}
