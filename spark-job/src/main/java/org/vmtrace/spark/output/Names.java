package org.vmtrace.spark.output;

import java.util.Arrays;
import java.util.function.LongFunction;
import org.apache.parquet.io.api.Binary;

/**
 * Texts by number, made once and looked up for every row: a hash table without boxes. Not
 * thread-safe.
 */
final class Names {
  private final LongFunction<String> text;
  private long[] keys = new long[64];
  private Binary[] values = new Binary[64];
  private int size;
  private long lastKey;
  private Binary last;

  /** Names that this function gives. */
  Names(LongFunction<String> text) {
    this.text = text;
  }

  Binary get(long key) {
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
      values[slot] = constant(text.apply(key));
      size++;
    }
    lastKey = key;
    last = values[slot];
    return last;
  }

  static Binary constant(String text) {
    return Binary.fromConstantByteArray(Binary.fromString(text).getBytes());
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
    Binary[] oldValues = values;
    keys = new long[2 * oldKeys.length];
    values = Arrays.copyOf(new Binary[0], keys.length);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldValues[i] != null) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        values[slot] = oldValues[i];
      }
    }
  }
}
