package org.vmtrace.event;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.vmtrace.event.PrintFormatTokens.Kind;
import org.vmtrace.event.PrintFormatTokens.Token;

/**
 * Finds the symbol lists of a print format and the branch of {@code (REC->isa == 1) ? … : …} in
 * which each stands (arch/x86/kvm/trace.h: 1 VMX, 2 SVM).
 *
 * <p>It walks the token list by nesting: arguments between commas, the three parts of a
 * conditional, then what stands in parentheses.
 */
final class SymbolListReader {
  /** Real formats nest some five deep; what lies deeper is not looked at. */
  private static final int MAX_DEPTH = 32;

  private final List<SymbolList> lists = new ArrayList<>();

  private SymbolListReader() {}

  static List<SymbolList> read(String printFormat) {
    SymbolListReader reader = new SymbolListReader();
    reader.arguments(PrintFormatTokens.of(printFormat), SymbolList.ANY_ISA, 0);
    return reader.lists;
  }

  private void arguments(List<Token> tokens, int isa, int depth) {
    if (depth > MAX_DEPTH) {
      return;
    }
    for (List<Token> argument : split(tokens, ",")) {
      conditional(argument, isa, depth);
    }
  }

  private void conditional(List<Token> tokens, int isa, int depth) {
    int question = find(tokens, "?", 0);
    int colon = question < 0 ? -1 : elseOf(tokens, question);
    if (colon < 0) {
      calls(tokens, isa, depth);
      return;
    }
    List<Token> condition = tokens.subList(0, question);
    int whenTrue = comparedIsa(condition);
    int whenFalse = whenTrue == 1 ? 2 : whenTrue == 2 ? 1 : isa;
    List<Token> then = tokens.subList(question + 1, colon);
    List<Token> otherwise = tokens.subList(colon + 1, tokens.size());
    arguments(then, whenTrue == SymbolList.ANY_ISA ? isa : whenTrue, depth + 1);
    arguments(otherwise, whenFalse, depth + 1);
  }

  /** N of {@code isa == N} among the tokens. */
  private static int comparedIsa(List<Token> condition) {
    for (int i = 0; i + 2 < condition.size(); i++) {
      if (condition.get(i).is("isa") && condition.get(i + 1).is("==")) {
        return condition.get(i + 2).is("1") ? 1 : condition.get(i + 2).is("2") ? 2 : 0;
      }
    }
    return SymbolList.ANY_ISA;
  }

  private void calls(List<Token> tokens, int isa, int depth) {
    int at = 0;
    while (at < tokens.size()) {
      if (!tokens.get(at).is("(")) {
        at++;
        continue;
      }
      int close = closing(tokens, at);
      List<Token> inside = tokens.subList(at + 1, close);
      if (at > 0 && tokens.get(at - 1).is("__print_symbolic")) {
        symbols(inside, isa);
      } else {
        arguments(inside, isa, depth + 1);
      }
      at = close + 1;
    }
  }

  private void symbols(List<Token> inside, int isa) {
    List<List<Token>> parts = split(inside, ",");
    String field = fieldOf(parts.get(0));
    Map<Long, String> names = new HashMap<>();
    for (List<Token> part : parts.subList(1, parts.size())) {
      if (part.size() > 2 && part.get(0).is("{") && part.get(part.size() - 1).is("}")) {
        symbol(part.subList(1, part.size() - 1), names);
      }
    }
    if (field != null && !names.isEmpty()) {
      lists.add(new SymbolList(field, isa, names));
    }
  }

  /** {@code value, "name"}; the first name of a value wins, as in the kernel's own printing. */
  private static void symbol(List<Token> tokens, Map<Long, String> names) {
    int comma = find(tokens, ",", 0);
    if (comma < 0) {
      return;
    }
    StringBuilder name = new StringBuilder();
    for (Token token : tokens.subList(comma + 1, tokens.size())) {
      if (token.kind() == Kind.STRING) {
        name.append(token.text());
      }
    }
    ConstantExpression.evaluate(tokens.subList(0, comma))
        .ifPresent(value -> names.putIfAbsent(value, name.toString()));
  }

  /** {@code exit_reason} of {@code REC->exit_reason & 0xffff}. */
  private static String fieldOf(List<Token> expression) {
    int arrow = find(expression, "->", 0);
    return arrow < 0 || arrow + 1 >= expression.size() ? null : expression.get(arrow + 1).text();
  }

  private static List<List<Token>> split(List<Token> tokens, String separator) {
    List<List<Token>> parts = new ArrayList<>();
    int start = 0;
    int end = find(tokens, separator, start);
    while (end >= 0) {
      parts.add(tokens.subList(start, end));
      start = end + 1;
      end = find(tokens, separator, start);
    }
    parts.add(tokens.subList(start, tokens.size()));
    return parts;
  }

  /** The colon of the conditional whose question mark is given; -1 if there is none. */
  private static int elseOf(List<Token> tokens, int question) {
    int open = 1;
    int at = question + 1;
    while (at < tokens.size()) {
      Token token = tokens.get(at);
      if (token.is("?")) {
        open++;
      } else if (token.is(":") && --open == 0) {
        return at;
      }
      at = isOpening(token) ? closing(tokens, at) + 1 : at + 1;
    }
    return -1;
  }

  /** The first such token that stands in no bracket, from a place on; -1 if there is none. */
  private static int find(List<Token> tokens, String text, int from) {
    int at = from;
    while (at < tokens.size()) {
      Token token = tokens.get(at);
      if (token.is(text)) {
        return at;
      }
      at = isOpening(token) ? closing(tokens, at) + 1 : at + 1;
    }
    return -1;
  }

  /** The bracket that closes the one given; the end of the list if none does. */
  private static int closing(List<Token> tokens, int opening) {
    int open = 0;
    for (int at = opening; at < tokens.size(); at++) {
      if (isOpening(tokens.get(at))) {
        open++;
      } else if (isClosing(tokens.get(at)) && --open == 0) {
        return at;
      }
    }
    return tokens.size();
  }

  private static boolean isOpening(Token token) {
    return token.is("(") || token.is("{") || token.is("[");
  }

  private static boolean isClosing(Token token) {
    return token.is(")") || token.is("}") || token.is("]");
  }
}
