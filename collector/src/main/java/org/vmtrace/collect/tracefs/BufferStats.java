package org.vmtrace.collect.tracefs;

/**
 * What the kernel counted on one CPU, from {@code per_cpu/cpuN/stats}. A number that the text does
 * not give is 0.
 *
 * @param entries events still in the buffer
 * @param overrun events overwritten; the pages say so
 * @param commitOverrun events lost since a writer nested around the whole buffer; no page says so
 * @param droppedEvents events thrown away since the buffer was full; no page says so
 * @param readEvents events read out
 */
public record BufferStats(
    long entries, long overrun, long commitOverrun, long droppedEvents, long readEvents) {
  /** The numbers of a text. */
  public static BufferStats parse(String text) {
    return new BufferStats(
        number(text, "entries"),
        number(text, "overrun"),
        number(text, "commit overrun"),
        number(text, "dropped events"),
        number(text, "read events"));
  }

  private static long number(String text, String key) {
    for (String line : (Iterable<String>) text.lines()::iterator) {
      if (line.startsWith(key + ":")) {
        try {
          return Long.parseLong(line.substring(key.length() + 1).strip());
        } catch (NumberFormatException e) {
          return 0;
        }
      }
    }
    return 0;
  }

  /** Events that are in no page and never will be. */
  public long lost() {
    return overrun + commitOverrun + droppedEvents;
  }
}
