package org.vmtrace.testkit;

/**
 * One event as the reference decoder reads it.
 *
 * @param timeNs the clock's value, ns for most clocks
 * @param pid {@code common_pid}, the thread that ran
 * @param cpu the CPU of the stream
 * @param id the event's id
 * @param isa what the reason code means; NONE but for exits
 * @param code the reason code of an exit, without a VMX exit's modifier bits; else 0
 * @param failedEntry bit 31 of a VMX exit's reason
 * @param immediateExit an entry that is to come back at once
 * @param instructionPointer the guest's, null if the event does not say
 * @param vcpu null if the event does not say
 * @param page index of the page in its stream
 * @param index index of the event on its page
 */
public record PlainEvent(
    Kind kind,
    long timeNs,
    int pid,
    int cpu,
    int id,
    PlainIsa isa,
    long code,
    boolean failedEntry,
    boolean immediateExit,
    Long instructionPointer,
    Integer vcpu,
    int page,
    int index) {
  /** What an event does to a thread. */
  public enum Kind {
    /** Guest mode ended. */
    EXIT,
    /** Guest mode begins. */
    ENTRY,
    /** Any other event. */
    OTHER
  }

  /** The same event at another time. */
  public PlainEvent at(long newTimeNs) {
    return new PlainEvent(
        kind,
        newTimeNs,
        pid,
        cpu,
        id,
        isa,
        code,
        failedEntry,
        immediateExit,
        instructionPointer,
        vcpu,
        page,
        index);
  }
}
