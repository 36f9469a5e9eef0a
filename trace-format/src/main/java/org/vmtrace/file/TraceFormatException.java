package org.vmtrace.file;

import java.io.IOException;
import org.vmtrace.event.Printable;

/**
 * A file that is no trace, or one whose header cannot be read. The message is one line: path, what
 * is wrong and where, what to do.
 */
public final class TraceFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  /** The offset of a file as a whole. */
  public static final long NOWHERE = -1;

  private final long offset;
  private final String problem;

  /**
   * An exception.
   *
   * @param path the file's name
   * @param offset the byte where reading failed, -1 if the file as a whole is meant
   * @param problem what is wrong, part of a sentence
   * @param advice what to do, part of a sentence; empty if nothing helps
   */
  public TraceFormatException(String path, long offset, String problem, String advice) {
    super(
        oneLine(
            path
                + ": "
                + problem
                + (offset < 0 ? "" : " (at byte " + offset + ")")
                + (advice.isEmpty() ? "" : "; " + advice)));
    this.offset = offset;
    this.problem = oneLine(problem);
  }

  /** The byte of the file at which reading failed; -1 if the file as a whole is meant. */
  public long offset() {
    return offset;
  }

  /** What is wrong, without path, place and advice. */
  public String problem() {
    return problem;
  }

  /** Names in a message may come from the file: they must neither break the line nor turn it. */
  public static String oneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints().forEach(c -> line.appendCodePoint(Printable.isVisible(c) ? c : '?'));
    return line.toString();
  }
}
