package org.vmtrace.event;

import java.util.Set;

/**
 * Reads one {@code field:} line of a format or header_page text:
 *
 * <pre>
 *   field:unsigned int exit_reason;	offset:8;	size:4;	signed:0;
 * </pre>
 */
final class FieldLine {
  /** No payload is larger than the largest sub-buffer. */
  private static final int MAX_BYTES = 1 << 20;

  /** Kernels up to 2.6.32 write no {@code signed:}; these types are signed ones. */
  private static final Set<String> SIGNED_TYPES =
      Set.of("char", "short", "int", "long", "long long", "s8", "s16", "s32", "s64", "pid_t");

  private FieldLine() {}

  static boolean matches(String line) {
    String text = line.strip();
    return text.startsWith("field:") || text.startsWith("field special:");
  }

  static EventField parse(String line) throws FormatTextException {
    String[] parts = line.strip().split(";", -1);
    String declaration = parts[0].substring(parts[0].indexOf(':') + 1).strip();
    int arrayAt = declaration.endsWith("]") ? declaration.lastIndexOf('[') : declaration.length();
    if (arrayAt < 0) {
      throw unreadable(line, "its brackets do not match");
    }
    String bare = declaration.substring(0, arrayAt).stripTrailing();
    int nameAt = bare.length();
    while (nameAt > 0 && isNamePart(bare.charAt(nameAt - 1))) {
      nameAt--;
    }
    String name = bare.substring(nameAt);
    String type = bare.substring(0, nameAt).strip() + declaration.substring(arrayAt);
    if (name.isEmpty()) {
      throw unreadable(line, "it has no name");
    }
    int offset = number(parts, "offset:", line);
    int bytes = number(parts, "size:", line);
    if (offset < 0 || bytes < 0 || offset > MAX_BYTES || bytes > MAX_BYTES - offset) {
      throw unreadable(line, "it must lie within the first MiB of the payload");
    }
    return new EventField(type, name, offset, bytes, isSigned(parts, type, line));
  }

  private static boolean isSigned(String[] parts, String type, String line)
      throws FormatTextException {
    for (String part : parts) {
      if (part.strip().startsWith("signed:")) {
        return number(parts, "signed:", line) != 0;
      }
    }
    return SIGNED_TYPES.contains(type);
  }

  private static int number(String[] parts, String key, String line) throws FormatTextException {
    for (String part : parts) {
      String text = part.strip();
      if (text.startsWith(key)) {
        try {
          return Integer.parseInt(text.substring(key.length()).strip());
        } catch (NumberFormatException e) {
          throw unreadable(line, key + " is no number");
        }
      }
    }
    throw unreadable(line, key + " is missing");
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private static FormatTextException unreadable(String line, String why) {
    String shown = line.strip();
    return new FormatTextException(
        "field \""
            + (shown.length() > 80 ? shown.substring(0, 80) + "..." : shown)
            + "\" cannot be read: "
            + why);
  }
}
