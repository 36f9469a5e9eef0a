package org.vmtrace.spark.output;

import java.util.function.LongFunction;

/**
 * Texts, in whatever form, by number, made once and looked up for every row: a hash table without
 * boxes. Not thread-safe.
 */
final class Names<T> {
  private final LongFunction<T> text;
  private long[] keys = new long[64];
  private Object[] values = new Object[64];
  private int size;
  private long lastKey;
  private T last;

  /** Names that this function gives. */
  Names(LongFunction<T> text) {
    this.text = text;
  }

  @SuppressWarnings("unchecked") // only values of the function are put in
  T get(long key) {
    if (last != null && key == lastKey) {
      return last;
    }
    int slot = slot(key);
    if (values[slot] == null) {
      if (2 * size >= keys.length) {
        grow();
        slot = slot(key);
      }
      keys[slot] = key;
      values[slot] = text.apply(key);
      size++;
    }
    lastKey = key;
    last = (T) values[slot];
    return last;
  }

  /** Where the key is, or the free place that it belongs in. */
  private int slot(long key) {
    int mask = keys.length - 1;
    int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    while (values[slot] != null && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    Object[] oldValues = values;
    keys = new long[2 * oldKeys.length];
    values = new Object[keys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldValues[i] != null) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        values[slot] = oldValues[i];
      }
    }
  }
}
