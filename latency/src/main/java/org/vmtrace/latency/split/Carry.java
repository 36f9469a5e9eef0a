package org.vmtrace.latency.split;

import java.io.Serializable;
import java.util.Map;
import org.vmtrace.latency.ThreadKey;
import org.vmtrace.latency.pair.OpenExit;
import org.vmtrace.latency.window.TumblingWindow;

/**
 * What a split must know of its neighbours to write its rows, by {@link ThreadKey} where it is per
 * thread.
 *
 * @param open the exits that are open before the split, for the entries that are its threads' first
 *     events
 * @param ownedWindows starts of the threads' last tumbling windows before the split, which earlier
 *     splits write
 * @param addedLater what later splits add to the threads' last windows in the split
 * @param crossing the windows of the pairs that end with such an entry, with nothing but that pair
 * @param timeBefore the last event's time before the split, null where there is none
 * @param stampAfter the first page stamp after the split, null where there is none
 * @param steady whether time never steps back in the stream
 */
public record Carry(
    Map<Long, OpenExit> open,
    Map<Long, Long> ownedWindows,
    Map<Long, TumblingWindow> addedLater,
    Map<Long, TumblingWindow> crossing,
    Long timeBefore,
    Long stampAfter,
    boolean steady)
    implements Serializable {
  /** The carry of a split that is looked at as if it were a steady stream of its own. */
  public static Carry nothing() {
    return new Carry(Map.of(), Map.of(), Map.of(), Map.of(), null, null, true);
  }
}
