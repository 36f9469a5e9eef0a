package org.vmtrace.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table of fixed columns, two blanks apart, each as wide as its longest cell. */
public final class TextTable {
  private final String indent;
  private final boolean[] left;
  private final List<String[]> rows = new ArrayList<>();

  /**
   * A table with a line of headings.
   *
   * @param headings one for each column; a leading {@code <} is left out and aligns the column to
   *     the left
   */
  public TextTable(String indent, String... headings) {
    this.indent = indent;
    left = new boolean[headings.length];
    String[] plain = new String[headings.length];
    for (int column = 0; column < headings.length; column++) {
      left[column] = headings[column].startsWith("<");
      plain[column] = left[column] ? headings[column].substring(1) : headings[column];
    }
    rows.add(plain);
  }

  /** Adds a row, one cell for each column. */
  public void add(String... cells) {
    if (cells.length != left.length) {
      throw new IllegalArgumentException(Arrays.toString(cells));
    }
    rows.add(cells);
  }

  /** Writes the lines; columns in whose cells there is no text are left out, if there are cells. */
  public void writeTo(StringBuilder out) {
    int[] widths = new int[left.length];
    for (int column = 0; column < left.length; column++) {
      widths[column] = width(column);
    }
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder(indent);
      String gap = "";
      for (int column = 0; column < left.length; column++) {
        if (widths[column] > 0) {
          String blanks = " ".repeat(widths[column] - length(row[column]));
          line.append(gap).append(left[column] ? row[column] + blanks : blanks + row[column]);
          gap = "  ";
        }
      }
      out.append(line.toString().stripTrailing()).append('\n');
    }
  }

  /** The width of a column, 0 if of several rows only its heading has text. */
  private int width(int column) {
    int cells = rows.stream().skip(1).mapToInt(row -> length(row[column])).max().orElse(0);
    return cells == 0 && rows.size() > 1 ? 0 : Math.max(cells, length(rows.get(0)[column]));
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
