package org.vmtrace.testkit;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes decoded and printed events in one form, so that they can be compared. */
final class PrintedEvents {
  private static final Set<String> PAIR = Set.of("kvm_exit", "kvm_entry");

  private final Map<Integer, String> names;
  private final PlainReasons reasons;

  PrintedEvents(PlainTraceDat trace) {
    names = trace.events().stream().collect(Collectors.toMap(EventShape::id, EventShape::name));
    reasons = PlainReasons.of(trace.event("kvm_exit"));
  }

  /** Name, thread and, of exits and entries, what else the kernel prints; without the time. */
  String withoutTime(PlainEvent event) {
    String text = event.pid() + " " + names.get(event.id());
    return switch (event.kind()) {
      case OTHER -> text;
      case EXIT -> text + details(event) + " " + reasons.name(event.isa(), event.code());
      case ENTRY -> text + details(event) + " " + event.immediateExit();
    };
  }

  static String withoutTime(TextEvent event) {
    String text = event.pid() + " " + event.event();
    if (!PAIR.contains(event.event())) {
      return text;
    }
    boolean exit = event.event().equals("kvm_exit");
    text += " vcpu " + event.vcpu() + " rip " + event.instructionPointer();
    return text + " " + (exit ? event.reason() : event.immediateExit());
  }

  /** Name and thread, and the instruction pointer, which trace-cmd prints in its own way. */
  String brief(PlainEvent event) {
    String text = event.timeNs() + " " + event.pid() + " " + names.get(event.id());
    return event.kind() == PlainEvent.Kind.OTHER ? text : text + " " + event.instructionPointer();
  }

  static String brief(TextEvent event) {
    String text = event.timeUnits() + " " + event.pid() + " " + event.event();
    return PAIR.contains(event.event()) ? text + " " + event.instructionPointer() : text;
  }

  private static String details(PlainEvent event) {
    return " vcpu " + event.vcpu() + " rip " + event.instructionPointer();
  }
}
