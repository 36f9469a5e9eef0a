package org.vmtrace.latency.summary;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.vmtrace.event.ClockUnit;

/**
 * The trace clock of the recordings, or the clocks.
 *
 * @param name its name as in {@code trace_clock}; several joined by a comma; empty where no file
 *     says
 * @param unit what one unit is
 */
public record Clock(String name, ClockUnit unit) {
  /**
   * The clock of all these together; of recordings whose times were converted the names are those
   * of {@link ClockUnit#converted}.
   */
  public static Clock of(Collection<String> names) {
    Set<String> distinct = new TreeSet<>(names);
    List<ClockUnit> units = distinct.stream().map(ClockUnit::of).distinct().toList();
    return new Clock(
        distinct.stream().filter(name -> !name.isEmpty()).collect(Collectors.joining(", ")),
        units.isEmpty()
            ? ClockUnit.NANOSECONDS
            : units.size() == 1 ? units.get(0) : ClockUnit.MIXED);
  }
}
