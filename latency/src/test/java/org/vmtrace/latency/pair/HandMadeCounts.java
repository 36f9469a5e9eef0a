package org.vmtrace.latency.pair;

/** Makes pairing counts for the tests of other packages. */
public final class HandMadeCounts {
  private HandMadeCounts() {}

  /** Counts, in the order of the fields. */
  public static PairingCounts pairing(
      long exits,
      long entries,
      long excluded,
      long unpairedExits,
      long unpairedEntries,
      long droppedByLoss,
      long openAtEnd,
      long failedEntries,
      long immediateExits) {
    PairingCounts counts = new PairingCounts();
    counts.exits = exits;
    counts.entries = entries;
    counts.excluded = excluded;
    counts.unpairedExits = unpairedExits;
    counts.unpairedEntries = unpairedEntries;
    counts.droppedByLoss = droppedByLoss;
    counts.openAtEnd = openAtEnd;
    counts.failedEntries = failedEntries;
    counts.immediateExits = immediateExits;
    return counts;
  }
}
