package org.vmtrace.spark.output;

import java.util.function.LongFunction;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Texts, in whatever form, by number, made once and looked up for every row without a box. Not
 * thread-safe.
 */
final class Names<T> {
  private final LongFunction<T> text;
  private final Long2ObjectHashMap<T> known = new Long2ObjectHashMap<>();
  private long lastKey;
  private T last;

  /** Names that this function gives. */
  Names(LongFunction<T> text) {
    this.text = text;
  }

  T get(long key) {
    if (last == null || key != lastKey) {
      lastKey = key;
      last = known.computeIfAbsent(key, text);
    }
    return last;
  }
}
