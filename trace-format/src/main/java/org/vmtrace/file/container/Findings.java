package org.vmtrace.file.container;

import java.util.ArrayList;
import java.util.List;
import org.vmtrace.file.TraceFormatException;

/** What is found wrong with a file that can be read all the same. Not thread-safe. */
final class Findings {
  /** Warnings that are kept; later ones are left out. */
  private static final int MOST = 16;

  private final List<String> warnings = new ArrayList<>();
  private boolean damaged;

  /** Notes something that a reader of the numbers must know; names of the file may be in it. */
  void warn(String warning) {
    if (warnings.size() < MOST) {
      warnings.add(TraceFormatException.oneLine(warning));
    }
  }

  /** Notes that a part of the recording is missing or cannot be read. */
  void damage(String warning) {
    damaged = true;
    warn(warning);
  }

  List<String> warnings() {
    return warnings;
  }

  boolean isDamaged() {
    return damaged;
  }
}
