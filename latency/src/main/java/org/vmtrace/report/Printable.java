package org.vmtrace.report;

/**
 * Makes text that came from a file harmless for a terminal: what is no visible character, so also
 * what turns the direction of a line, is shown as {@code \}{@code u001b}, a backslash as two.
 */
public final class Printable {
  private Printable() {}

  /** The text with everything escaped that is not simply shown. */
  public static String text(String text) {
    if (text.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '\\')) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> append(shown, c));
    return shown.toString();
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

  private static boolean isVisible(int c) {
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
