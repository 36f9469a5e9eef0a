package org.vmtrace.event;

import java.util.Map;

/**
 * One {@code __print_symbolic(field, { value, "name" }, …)} of a print format.
 *
 * @param field the field whose value the names are for
 * @param isa the value of {@code isa} under which the list holds, {@link #ANY_ISA} if always
 * @param names value to name; values are 64-bit as written, so {@code -1} is all ones
 */
record SymbolList(String field, int isa, Map<Long, String> names) {
  static final int ANY_ISA = 0;
}
