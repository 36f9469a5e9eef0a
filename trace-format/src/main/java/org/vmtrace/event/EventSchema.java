package org.vmtrace.event;

import java.util.List;
import java.util.Optional;
import org.vmtrace.ring.EntryFields;
import org.vmtrace.ring.EventFields;
import org.vmtrace.ring.ExitFields;
import org.vmtrace.ring.PayloadField;

/**
 * What the events of a recording mean: where the pair's fields lie, what its reason codes are
 * called, and the formats of all other events. Immutable, thread-safe.
 */
public final class EventSchema {
  private final EventPair pair;
  private final EventFormats formats;
  private final EventFields fields;
  private final ExitReasons reasons;

  private EventSchema(
      EventPair pair, EventFormats formats, EventFields fields, ExitReasons reasons) {
    this.pair = pair;
    this.formats = formats;
    this.fields = fields;
    this.reasons = reasons;
  }

  /**
   * The schema of a pair of events.
   *
   * @throws MissingEventException if one of the two has no format; the message says which, what
   *     similar events there are, and what to do
   * @throws FormatTextException if a format lacks a field that every event has, or the field that
   *     the pair names as its reason
   */
  public static EventSchema of(EventFormats formats, EventPair pair) throws FormatTextException {
    EventFormat exit = find(formats, pair.exitSystem(), pair.exitName(), "--exit-event");
    EventFormat entry = find(formats, pair.entrySystem(), pair.entryName(), "--entry-event");
    ReasonFields reason = reasonFields(exit, pair);
    try {
      ExitFields exitFields =
          new ExitFields(
              exit.id(),
              exit.minPayloadBytes(),
              reason.rule(),
              optional(exit, reason.reason()),
              optional(exit, reason.qualifier()),
              optional(exit, "guest_rip", "vcpu_pc", "sepc", "pc"),
              optional(exit, "vcpu_id"));
      EntryFields entryFields =
          new EntryFields(
              entry.id(),
              entry.minPayloadBytes(),
              optional(entry, "rip", "vcpu_pc", "pc"),
              optional(entry, "vcpu_id"),
              optional(entry, "immediate_exit"));
      EventFields fields =
          new EventFields(
              required(exit, "common_type"), required(exit, "common_pid"), exitFields, entryFields);
      return new EventSchema(pair, formats, fields, ExitReasons.of(exit, reason));
    } catch (IllegalArgumentException e) {
      throw new FormatTextException(
          "the formats of " + exit + " and " + entry + " cannot be used: " + e.getMessage(), e);
    }
  }

  /**
   * A schema whose layout is known without format texts (files of the original vm-trace); reasons
   * are named from tables.
   */
  public static EventSchema withoutFormats(EventPair pair, EventFields fields) {
    return new EventSchema(pair, EventFormats.NONE, fields, ExitReasons.TABLES);
  }

  private static ReasonFields reasonFields(EventFormat exit, EventPair pair)
      throws FormatTextException {
    if (pair.reasonField() == null) {
      return pair.exitEvent().equals(EventPair.KVM.exitEvent())
          ? ReasonFields.ofKvm(exit)
          : ReasonFields.NONE;
    }
    if (!number(exit, pair.reasonField()).present()) {
      throw new FormatTextException(
          exit
              + " has no number called "
              + pair.reasonField()
              + "; its fields are "
              + String.join(", ", exit.fields().stream().map(EventField::name).toList()));
    }
    return ReasonFields.plain(pair.reasonField());
  }

  private static EventFormat find(EventFormats formats, String system, String name, String option)
      throws FormatTextException {
    Optional<EventFormat> format = formats.find(system, name);
    if (format.isPresent()) {
      return format.get();
    }
    String missing = "there is no event " + system + ":" + name;
    if (formats.isEmpty()) {
      throw new MissingEventException(missing + ", since there are no event formats at all");
    }
    List<String> similar = SimilarEvents.of(formats.names(), system, name);
    throw new MissingEventException(
        missing
            + (similar.isEmpty()
                ? " among the " + formats.names().size() + " that were recorded"
                : "; there are " + String.join(", ", similar))
            + "; name the event to use with "
            + option);
  }

  private static PayloadField required(EventFormat format, String name) throws FormatTextException {
    PayloadField field = number(format, name);
    if (!field.present()) {
      throw new FormatTextException("the format of " + format + " has no field " + name);
    }
    return field;
  }

  /** The first of the fields that is there. */
  private static PayloadField optional(EventFormat format, String... names) {
    for (String name : names) {
      PayloadField field = number(format, name);
      if (field.present()) {
        return field;
      }
    }
    return PayloadField.ABSENT;
  }

  private static PayloadField number(EventFormat format, String name) {
    return format
        .field(name == null ? "" : name)
        .filter(field -> Integer.bitCount(field.bytes()) == 1 && field.bytes() <= Long.BYTES)
        .filter(field -> !field.isArray())
        .map(field -> new PayloadField(field.offset(), field.bytes(), field.signed()))
        .orElse(PayloadField.ABSENT);
  }

  /** Where the record cursor finds what it needs. */
  public EventFields fields() {
    return fields;
  }

  /** The names of the reason codes. */
  public ExitReasons reasons() {
    return reasons;
  }

  /** The two events that make a latency. */
  public EventPair pair() {
    return pair;
  }

  /** The format of any event of the recording; none if it is unknown. */
  public Optional<EventFormat> format(int id) {
    return formats.byId(id);
  }
}
