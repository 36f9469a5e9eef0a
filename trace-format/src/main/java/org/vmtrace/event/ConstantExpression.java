package org.vmtrace.event;

import java.util.List;
import java.util.OptionalLong;
import org.vmtrace.event.PrintFormatTokens.Kind;
import org.vmtrace.event.PrintFormatTokens.Token;

/**
 * The value of a constant as kernels write them in symbol lists: {@code 0x040 + 14}, {@code -1},
 * {@code 0x80000001ull}, {@code (1 << 3)}. 64-bit arithmetic, C's precedences.
 */
final class ConstantExpression {
  /** Deeper nesting is no constant that a kernel writes. */
  private static final int MAX_DEPTH = 16;

  private final List<Token> tokens;
  private int at;
  private int depth;

  private ConstantExpression(List<Token> tokens) {
    this.tokens = tokens;
  }

  /** The value, or none if the tokens are anything else than a constant (an enum's name, say). */
  static OptionalLong evaluate(List<Token> tokens) {
    ConstantExpression expression = new ConstantExpression(tokens);
    try {
      long value = expression.or();
      return expression.at == tokens.size() ? OptionalLong.of(value) : OptionalLong.empty();
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private long or() {
    if (++depth > MAX_DEPTH) {
      throw new NumberFormatException("nested too deeply");
    }
    long value = shift();
    while (accept("|")) {
      value |= shift();
    }
    depth--;
    return value;
  }

  private long shift() {
    long value = sum();
    while (accept("<<")) {
      long by = sum();
      value = by < 0 || by >= Long.SIZE ? 0 : value << by;
    }
    return value;
  }

  private long sum() {
    long value = unary();
    while (true) {
      if (accept("+")) {
        value += unary();
      } else if (accept("-")) {
        value -= unary();
      } else {
        return value;
      }
    }
  }

  private long unary() {
    // Signs in front of a number; a loop, since a hostile text may have a million of them.
    StringBuilder signs = new StringBuilder();
    while (at < tokens.size()
        && (tokens.get(at).is("-") || tokens.get(at).is("~") || tokens.get(at).is("+"))) {
      signs.append(tokens.get(at++).text());
    }
    long value = primary();
    for (int i = signs.length() - 1; i >= 0; i--) {
      value = signs.charAt(i) == '-' ? -value : signs.charAt(i) == '~' ? ~value : value;
    }
    return value;
  }

  private long primary() {
    if (accept("(")) {
      long value = or();
      if (!accept(")")) {
        throw new NumberFormatException("a parenthesis is not closed");
      }
      return value;
    }
    if (at >= tokens.size() || tokens.get(at).kind() != Kind.WORD) {
      throw new NumberFormatException("a number is missing");
    }
    return number(tokens.get(at++).text());
  }

  private static long number(String word) {
    int end = word.length();
    while (end > 1 && "uUlL".indexOf(word.charAt(end - 1)) >= 0) {
      end--;
    }
    String digits = word.substring(0, end);
    if (digits.startsWith("0x") || digits.startsWith("0X")) {
      return Long.parseUnsignedLong(digits.substring(2), 16);
    }
    return Long.parseUnsignedLong(digits, digits.startsWith("0") ? 8 : 10);
  }

  private boolean accept(String punctuation) {
    if (at < tokens.size() && tokens.get(at).is(punctuation)) {
      at++;
      return true;
    }
    return false;
  }
}
