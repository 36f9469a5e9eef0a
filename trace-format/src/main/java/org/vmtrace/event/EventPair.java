package org.vmtrace.event;

import java.io.Serializable;

/**
 * The two events whose distance in time is measured.
 *
 * @param exitSystem system of the event that opens, for example {@code kvm}
 * @param exitName name of the event that opens, for example {@code kvm_exit}
 * @param entrySystem system of the event that closes
 * @param entryName name of the event that closes
 * @param reasonField the field of the opening event to group by; null: kvm's own reason where the
 *     pair is kvm's, else none
 */
public record EventPair(
    String exitSystem, String exitName, String entrySystem, String entryName, String reasonField)
    implements Serializable {

  /** {@code kvm:kvm_exit} and {@code kvm:kvm_entry}. */
  public static final EventPair KVM = new EventPair("kvm", "kvm_exit", "kvm", "kvm_entry", null);

  /**
   * A pair from two names of the form {@code system:name}.
   *
   * @param reasonField as in the record; may be null
   * @throws IllegalArgumentException if a name has another form or both are the same; the message
   *     is one sentence
   */
  public static EventPair parse(String exitEvent, String entryEvent, String reasonField) {
    String[] exit = split(exitEvent);
    String[] entry = split(entryEvent);
    if (exitEvent.equals(entryEvent)) {
      throw new IllegalArgumentException(
          "the exit and the entry event must differ, both are " + exitEvent);
    }
    return new EventPair(exit[0], exit[1], entry[0], entry[1], reasonField);
  }

  private static String[] split(String event) {
    int colon = event.indexOf(':');
    if (colon <= 0 || colon == event.length() - 1 || event.indexOf(':', colon + 1) >= 0) {
      throw new IllegalArgumentException(
          "\"" + event + "\" is not an event of the form system:name, for example kvm:kvm_exit");
    }
    return new String[] {event.substring(0, colon), event.substring(colon + 1)};
  }

  public String exitEvent() {
    return exitSystem + ":" + exitName;
  }

  public String entryEvent() {
    return entrySystem + ":" + entryName;
  }
}
