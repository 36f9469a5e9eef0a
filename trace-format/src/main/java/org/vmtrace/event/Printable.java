package org.vmtrace.event;

/**
 * Makes text that came from a file harmless for a terminal: what is no visible character, so also
 * what turns the direction of a line, is shown as {@code \}{@code u001b}, a backslash as two.
 */
public final class Printable {
  private Printable() {}

  /** The text with everything escaped that is not simply shown. */
  public static String text(String text) {
    if (isPlain(text)) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> append(shown, c));
    return shown.toString();
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= 0x7f || c == '\\') {
        return false;
      }
    }
    return true;
  }

  /** Appends the text in quotes, with quotes in it escaped too. */
  public static void appendQuoted(StringBuilder shown, String text) {
    shown.append('"');
    text.codePoints()
        .forEach(
            c -> {
              if (c == '"') {
                shown.append('\\');
              }
              append(shown, c);
            });
    shown.append('"');
  }

  private static void append(StringBuilder shown, int c) {
    if (c == '\\') {
      shown.append("\\\\");
    } else if (isVisible(c)) {
      shown.appendCodePoint(c);
    } else {
      for (char unit : Character.toChars(c)) {
        shown.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          shown.append(Character.forDigit((unit >> shift) & 0xf, 16));
        }
      }
    }
  }

  /** Whether a code point is simply shown, and neither breaks a line nor turns its direction. */
  public static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
