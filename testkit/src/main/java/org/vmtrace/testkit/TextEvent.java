package org.vmtrace.testkit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One event as the kernel or trace-cmd printed it.
 *
 * @param buffer the instance that trace-cmd names before the line, empty for the top buffer
 * @param timeUnits the printed time, as a whole number of the last digit's unit
 * @param unitNs what the last digit is worth: 1000 for the kernel's texts, 1 for {@code trace-cmd
 *     report -t}, and 1 for clocks that count cycles
 * @param details what stands after the event's name
 */
public record TextEvent(
    String buffer,
    String comm,
    int pid,
    int cpu,
    long timeUnits,
    long unitNs,
    String event,
    String details) {
  private static final Pattern VCPU = Pattern.compile("\\bvcpu (\\d+)");
  private static final Pattern POINTER = Pattern.compile("\\brip 0x([0-9a-f]+)");
  private static final Pattern REASON = Pattern.compile("\\breason (.+?) rip ");

  /** The time that the text gives to an event at {@code timeNs}: the kernel rounds half up. */
  public long printed(long timeNs) {
    return (timeNs + unitNs / 2) / unitNs;
  }

  /** The vCPU's number, null if the text has none. */
  public Integer vcpu() {
    Matcher matcher = VCPU.matcher(details);
    return matcher.find() ? Integer.valueOf(matcher.group(1)) : null;
  }

  /** The guest's instruction pointer, null if the text has none. */
  public Long instructionPointer() {
    Matcher matcher = POINTER.matcher(details);
    return matcher.find() ? (Long) Long.parseUnsignedLong(matcher.group(1), 16) : null;
  }

  /** The exit's reason by name, null if the text has none. */
  public String reason() {
    Matcher matcher = REASON.matcher(details);
    return matcher.find() ? matcher.group(1) : null;
  }

  /** Whether an entry is to come back at once. */
  public boolean immediateExit() {
    return details.endsWith("[immediate exit]");
  }
}
