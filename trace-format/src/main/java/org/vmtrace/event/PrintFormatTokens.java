package org.vmtrace.event;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits the C expressions of a {@code print fmt:} text into words (names and numbers), string
 * literals and punctuation. Whatever the text, the result is a list: an unknown character becomes a
 * token of its own, an unfinished string ends with the text.
 */
final class PrintFormatTokens {
  enum Kind {
    WORD,
    STRING,
    PUNCTUATION
  }

  /** A token; the text of a string is what it means, without quotes and escapes. */
  record Token(Kind kind, String text) {
    boolean is(String punctuationOrWord) {
      return kind != Kind.STRING && text.equals(punctuationOrWord);
    }
  }

  private static final List<String> TWO_CHARACTERS =
      List.of("->", "==", "!=", "<=", ">=", "<<", ">>", "&&", "||");

  private final String text;
  private int at;

  private PrintFormatTokens(String text) {
    this.text = text;
  }

  static List<Token> of(String text) {
    PrintFormatTokens scanner = new PrintFormatTokens(text);
    List<Token> tokens = new ArrayList<>();
    while (scanner.at < text.length()) {
      char c = text.charAt(scanner.at);
      if (Character.isWhitespace(c)) {
        scanner.at++;
      } else if (c == '"') {
        tokens.add(new Token(Kind.STRING, scanner.string()));
      } else if (c == '\'' && scanner.characterEnd() > 0) {
        int start = scanner.at;
        scanner.at = scanner.characterEnd();
        tokens.add(new Token(Kind.STRING, text.substring(start + 1, scanner.at - 1)));
      } else if (isWordPart(c)) {
        tokens.add(new Token(Kind.WORD, scanner.word()));
      } else {
        tokens.add(new Token(Kind.PUNCTUATION, scanner.punctuation()));
      }
    }
    return tokens;
  }

  private String string() {
    StringBuilder value = new StringBuilder();
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at++);
      value.append(c == '\\' && at < text.length() ? escape(text.charAt(at++)) : c);
    }
    at++;
    return value.toString();
  }

  /** Behind a character literal ({@code 'x'}, {@code '\n'}) that begins here; -1 if none does. */
  private int characterEnd() {
    int quote = text.startsWith("\\", at + 1) ? at + 3 : at + 2;
    return text.startsWith("'", quote) ? quote + 1 : -1;
  }

  private static char escape(char c) {
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      default -> c;
    };
  }

  private String word() {
    int start = at;
    while (at < text.length() && isWordPart(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  private String punctuation() {
    int length =
        at + 1 < text.length() && TWO_CHARACTERS.contains(text.substring(at, at + 2)) ? 2 : 1;
    at += length;
    return text.substring(at - length, at);
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }
}
