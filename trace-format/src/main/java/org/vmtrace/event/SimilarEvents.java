package org.vmtrace.event;

import java.util.ArrayList;
import java.util.List;

/** Which events a user may have meant, for messages. */
final class SimilarEvents {
  private static final int SHOWN = 6;

  private SimilarEvents() {}

  /**
   * At most six of the events, those of that name in other systems first, then those of the same
   * system.
   *
   * @param events as {@code system:name}
   */
  static List<String> of(List<String> events, String system, String name) {
    List<String> similar = new ArrayList<>();
    for (String event : events) {
      if (event.endsWith(":" + name)) {
        similar.add(event);
      }
    }
    for (String event : events) {
      if (event.startsWith(system + ":") && !similar.contains(event)) {
        similar.add(event);
      }
    }
    return similar.subList(0, Math.min(SHOWN, similar.size()));
  }
}
