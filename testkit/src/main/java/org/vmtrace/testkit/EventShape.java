package org.vmtrace.testkit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One event as a kernel declares it: gives the event's format text and payloads that fit it.
 *
 * @param payloadBytes size of the C struct, tail padding included
 */
public record EventShape(
    String system, String name, int id, List<Field> fields, int payloadBytes, String printFormat) {
  private static final Pattern HEAD = Pattern.compile("name: (\\S+)\nID: (\\d+)\n");
  private static final Pattern FIELD_LINE =
      Pattern.compile("\tfield:([^;]+);\toffset:(\\d+);\tsize:(\\d+);(?:\tsigned:([01]);)?\n");

  /**
   * One field of the struct.
   *
   * @param declaration the C declaration, {@code unsigned int vcpu_id}
   */
  public record Field(String declaration, String name, int offset, int bytes, boolean signed) {
    String line() {
      return "\tfield:%s;\toffset:%d;\tsize:%d;\tsigned:%d;\n"
          .formatted(declaration, offset, bytes, signed ? 1 : 0);
    }
  }

  /** The event's {@code format} file as the kernel prints it. */
  public String formatText() {
    StringBuilder text = new StringBuilder();
    text.append("name: ").append(name).append("\nID: ").append(id).append("\nformat:\n");
    fields.stream().filter(EventShape::isCommon).forEach(field -> text.append(field.line()));
    text.append('\n');
    fields.stream().filter(field -> !isCommon(field)).forEach(field -> text.append(field.line()));
    return text.append("\nprint fmt: ").append(printFormat).append('\n').toString();
  }

  /**
   * A payload with the values of the named fields; {@code common_type} is the id, other fields are
   * 0. Names that the event does not have are ignored, so that one call serves every generation.
   */
  public byte[] payload(ByteOrder order, Map<String, Long> values) {
    ByteBuffer payload = ByteBuffer.allocate(payloadBytes).order(order);
    for (Field field : fields) {
      long value = field.name().equals("common_type") ? id : values.getOrDefault(field.name(), 0L);
      switch (field.bytes()) {
        case 1 -> payload.put(field.offset(), (byte) value);
        case 2 -> payload.putShort(field.offset(), (short) value);
        case 4 -> payload.putInt(field.offset(), (int) value);
        default -> payload.putLong(field.offset(), value);
      }
    }
    return payload.array();
  }

  /** The same event under another id. */
  public EventShape withId(int newId) {
    return new EventShape(system, name, newId, fields, payloadBytes, printFormat);
  }

  /** The same event under another system and name. */
  public EventShape named(String newSystem, String newName) {
    return new EventShape(newSystem, newName, id, fields, payloadBytes, printFormat);
  }

  /** Begins an event whose struct starts with the common fields of today's kernels (8 bytes). */
  public static Builder event(String system, String name, int id) {
    return new Builder(system, name, id)
        .field("unsigned short common_type", 2, false)
        .field("unsigned char common_flags", 1, false)
        .field("unsigned char common_preempt_count", 1, false)
        .field("int common_pid", 4, true);
  }

  /**
   * Reads a format text line by line. The payload's size is the end of the last field: a format
   * does not tell the struct's tail padding.
   */
  public static EventShape parse(String system, String formatText) {
    Matcher head = HEAD.matcher(formatText);
    if (!head.find()) {
      throw new IllegalArgumentException("no name and ID in the format text");
    }
    List<Field> fields = new ArrayList<>();
    int end = 0;
    Matcher line = FIELD_LINE.matcher(formatText);
    while (line.find()) {
      int offset = Integer.parseInt(line.group(2));
      int bytes = Integer.parseInt(line.group(3));
      String declaration = line.group(1);
      fields.add(
          new Field(declaration, lastWord(declaration), offset, bytes, "1".equals(line.group(4))));
      end = Math.max(end, offset + bytes);
    }
    int print = formatText.indexOf("print fmt: ");
    String printFormat = print < 0 ? "" : formatText.substring(print + 11).strip();
    int id = Integer.parseInt(head.group(2));
    return new EventShape(system, head.group(1), id, List.copyOf(fields), end, printFormat);
  }

  /** The field of that name, if the event has it. */
  public Optional<Field> find(String fieldName) {
    return fields.stream().filter(field -> field.name().equals(fieldName)).findFirst();
  }

  /** The end of the last field: what a payload must have at least. */
  public int fieldsEnd() {
    return fields.stream().mapToInt(field -> field.offset() + field.bytes()).max().orElse(0);
  }

  private static String lastWord(String declaration) {
    String name = declaration.substring(declaration.lastIndexOf(' ') + 1);
    int bracket = name.indexOf('[');
    return bracket < 0 ? name : name.substring(0, bracket);
  }

  private static boolean isCommon(Field field) {
    return field.name().startsWith("common_");
  }

  /** Lays the fields out as a C compiler does: each aligned to its own size. */
  public static final class Builder {
    private final String system;
    private final String name;
    private final int id;
    private final List<Field> fields = new ArrayList<>();
    private int end;
    private int alignment = 1;

    private Builder(String system, String name, int id) {
      this.system = system;
      this.name = name;
      this.id = id;
    }

    /** The next field, of 1, 2, 4 or 8 bytes, aligned to its size. */
    public Builder field(String declaration, int bytes, boolean signed) {
      return field(declaration, bytes, bytes, signed);
    }

    /** The next field, aligned otherwise than to its size. */
    public Builder field(String declaration, int bytes, int fieldAlignment, boolean signed) {
      int offset = (end + fieldAlignment - 1) / fieldAlignment * fieldAlignment;
      fields.add(new Field(declaration, lastWord(declaration), offset, bytes, signed));
      end = offset + bytes;
      alignment = Math.max(alignment, fieldAlignment);
      return this;
    }

    /** Finishes with the text after {@code print fmt:}. */
    public EventShape print(String printFormat) {
      int payloadBytes = (end + alignment - 1) / alignment * alignment;
      return new EventShape(system, name, id, List.copyOf(fields), payloadBytes, printFormat);
    }
  }
}
