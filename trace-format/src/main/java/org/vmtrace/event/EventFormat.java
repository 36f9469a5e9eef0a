package org.vmtrace.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One event as {@code events/SYSTEM/NAME/format} describes it: what its payload holds and where.
 * Immutable.
 *
 * <pre>
 * name: kvm_entry
 * ID: 1449
 * format:
 * 	field:unsigned short common_type;	offset:0;	size:2;	signed:0;
 * 	…
 * print fmt: "vcpu %u, rip 0x%lx%s", REC->vcpu_id, …
 * </pre>
 */
public final class EventFormat {
  private final String system;
  private final String name;
  private final int id;
  private final List<EventField> fields;
  private final String printFormat;

  private EventFormat(
      String system, String name, int id, List<EventField> fields, String printFormat) {
    this.system = system;
    this.name = name;
    this.id = id;
    this.fields = List.copyOf(fields);
    this.printFormat = printFormat;
  }

  /**
   * Reads a format text.
   *
   * @throws FormatTextException if it has no name, no id or a field that cannot be read
   */
  public static EventFormat parse(String system, String text) throws FormatTextException {
    String name = null;
    String id = null;
    List<EventField> fields = new ArrayList<>();
    int at = 0;
    while (at < text.length() && !text.startsWith("print fmt:", at)) {
      int end = lineEnd(text, at);
      String line = text.substring(at, end);
      if (name == null && line.startsWith("name:")) {
        name = line.substring("name:".length()).strip();
      } else if (id == null && line.startsWith("ID:")) {
        id = line.substring("ID:".length()).strip();
      } else if (FieldLine.matches(line)) {
        fields.add(FieldLine.parse(line));
      }
      at = end + 1;
    }
    if (name == null || name.isEmpty()) {
      throw new FormatTextException("a format text of system " + system + " has no \"name:\" line");
    }
    String printFormat =
        at < text.length() ? text.substring(at + "print fmt:".length()).strip() : "";
    return new EventFormat(system, name, number(system + ":" + name, id), fields, printFormat);
  }

  private static int number(String event, String id) throws FormatTextException {
    try {
      int value = id == null ? -1 : Integer.parseInt(id);
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new FormatTextException("the format of " + event + " has no valid \"ID:\" line");
  }

  static int lineEnd(String text, int at) {
    int end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end;
  }

  /** The system (folder of {@code events/}), for example {@code kvm}. */
  public String system() {
    return system;
  }

  public String name() {
    return name;
  }

  /** The event's number in {@code common_type}; every kernel has its own. */
  public int id() {
    return id;
  }

  /** All fields, the common ones first, in the order of the text. */
  public List<EventField> fields() {
    return fields;
  }

  /** What stands after {@code print fmt:}; empty if there is none. */
  public String printFormat() {
    return printFormat;
  }

  /** The first field of that name. */
  public Optional<EventField> field(String fieldName) {
    return fields.stream().filter(field -> field.name().equals(fieldName)).findFirst();
  }

  /** The end of the last field: no payload of the event is shorter, in bytes. */
  public int minPayloadBytes() {
    return fields.stream().mapToInt(EventField::end).max().orElse(0);
  }

  @Override
  public String toString() {
    return system + ":" + name;
  }
}
