package org.vmtrace.report;

/** Breaks sentences into lines. */
public final class Wrapped {
  private static final int WIDTH = 118;

  private Wrapped() {}

  /**
   * Writes a label and a text after it, broken at blanks; further lines begin below the text. A
   * word longer than a line stays whole.
   */
  public static void write(StringBuilder out, String label, String text) {
    StringBuilder line = new StringBuilder(label);
    boolean first = true;
    for (String word : text.split(" ", -1)) {
      if (!first && line.length() + 1 + word.length() > WIDTH) {
        out.append(line).append('\n');
        line = new StringBuilder(" ".repeat(label.length()));
        first = true;
      }
      line.append(first ? "" : " ").append(word);
      first = false;
    }
    out.append(line).append('\n');
  }
}
