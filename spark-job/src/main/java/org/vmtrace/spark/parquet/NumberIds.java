package org.vmtrace.spark.parquet;

import java.util.Arrays;

/** Numbers different numbers from 0, in the order in which they come. Not thread-safe. */
public final class NumberIds {
  private static final int SMALLEST = 64;

  private long[] keys = new long[SMALLEST];

  /** Ids plus 1; 0 marks a free place. */
  private int[] places = new int[SMALLEST];

  private long[] numbers = new long[SMALLEST / 2];
  private int size;

  /** How many there are. */
  public int size() {
    return size;
  }

  /** The number with an id. */
  public long number(int id) {
    return numbers[id];
  }

  /** The id of a number: {@link #size()} as it was before, if it is a new one. */
  public int idOf(long number) {
    int mask = keys.length - 1;
    int at = (int) ((number * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    while (places[at] != 0 && keys[at] != number) {
      at = (at + 1) & mask;
    }
    if (places[at] == 0) {
      at = add(number, at);
    }
    return places[at] - 1;
  }

  private int add(long number, int at) {
    if (size == numbers.length) {
      grow();
      return add(number, free(number));
    }
    keys[at] = number;
    numbers[size++] = number;
    places[at] = size;
    return at;
  }

  private void grow() {
    numbers = Arrays.copyOf(numbers, 2 * size);
    keys = new long[2 * keys.length];
    places = new int[keys.length];
    for (int id = 0; id < size; id++) {
      int at = free(numbers[id]);
      keys[at] = numbers[id];
      places[at] = id + 1;
    }
  }

  private int free(long number) {
    int mask = keys.length - 1;
    int at = (int) ((number * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    while (places[at] != 0) {
      at = (at + 1) & mask;
    }
    return at;
  }

  /** Forgets them all. */
  public void clear() {
    if (size > 0) {
      Arrays.fill(places, 0);
      size = 0;
    }
  }
}
