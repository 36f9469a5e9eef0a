package org.vmtrace.testkit;

import java.util.EnumMap;
import java.util.Map;

/** How often what happened; 0 where nothing was counted. */
public final class PlainCounts {
  /** What is counted (design, section 3). */
  public enum Count {
    /** Exits read. */
    EXITS,
    /** Entries read. */
    ENTRIES,
    /** Other events read. */
    OTHER,
    /** Sum of the stored counts of lost events. */
    LOST,
    /** Pages with the lost flag. */
    LOST_PLACES,
    /** Pages, or chunks of pages, that could not be read to their end. */
    DAMAGED_PAGES,
    /** Events earlier than the one before them in their stream. */
    STEPS_BACK,
    /** VMX exits with bit 31. */
    FAILED_ENTRIES,
    /** Entries that are to come back at once. */
    IMMEDIATE_EXITS,
    /** Exits closed by an entry, and not excluded. */
    LATENCIES,
    /** Latencies taken out by their reason. */
    EXCLUDED,
    /** Exits followed by another exit. */
    UNPAIRED_EXITS,
    /** Entries without an open exit. */
    UNPAIRED_ENTRIES,
    /** Exits that were open at a loss, a damage or a step back. */
    DROPPED_BY_LOSS,
    /** Exits that were open at the end. */
    OPEN_AT_END
  }

  private final Map<Count, Long> counts = new EnumMap<>(Count.class);

  /** The count, 0 if there was none. */
  public long get(Count count) {
    return counts.getOrDefault(count, 0L);
  }

  void add(Count count, long number) {
    counts.merge(count, number, Long::sum);
  }

  void addOne(Count count) {
    add(count, 1);
  }

  void addAll(PlainCounts other) {
    other.counts.forEach(this::add);
  }

  void move(Count from, Count to, long number) {
    add(from, -number);
    add(to, number);
  }

  /** Whether exits and entries are all accounted for (design, section 3, "Pairing"). */
  public boolean balanced() {
    long pairs = get(Count.LATENCIES) + get(Count.EXCLUDED);
    return get(Count.EXITS)
            == pairs
                + get(Count.UNPAIRED_EXITS)
                + get(Count.DROPPED_BY_LOSS)
                + get(Count.OPEN_AT_END)
        && get(Count.ENTRIES) == pairs + get(Count.UNPAIRED_ENTRIES);
  }

  @Override
  public String toString() {
    return counts.toString();
  }
}
