package org.vmtrace.collect.capture;

import java.io.IOException;
import java.util.Map;

/** What is written around the pages of one CPU. */
interface Container {
  /** Where the first page goes: an offset in the file. */
  long dataOffset();

  /**
   * Completes the file, so that every reader can read it.
   *
   * @param bytes of whole pages from the offset on
   */
  void finish(long bytes) throws IOException;

  /**
   * Adds what is good to know. May be called again when more is known.
   *
   * @param stats the text of the kernel's statistics of the CPU
   * @param comms names of threads by id
   */
  void describe(String stats, Map<Integer, String> comms) throws IOException;
}
