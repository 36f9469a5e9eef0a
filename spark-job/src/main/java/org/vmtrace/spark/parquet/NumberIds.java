package org.vmtrace.spark.parquet;

import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;

/** Numbers different numbers from 0, in the order in which they come. Not thread-safe. */
public final class NumberIds {
  private static final long UNKNOWN = -1;

  private final Long2LongHashMap ids = new Long2LongHashMap(UNKNOWN);
  private long[] numbers = new long[32];

  /** How many there are. */
  public int size() {
    return ids.size();
  }

  /** The number with an id. */
  public long number(int id) {
    return numbers[id];
  }

  /** The id of a number: {@link #size()} as it was before, if it is a new one. */
  public int idOf(long number) {
    long known = ids.get(number);
    return known == UNKNOWN ? add(number) : (int) known;
  }

  private int add(long number) {
    int id = ids.size();
    if (id == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * id);
    }
    numbers[id] = number;
    ids.put(number, id);
    return id;
  }

  /** Forgets them all. */
  public void clear() {
    ids.clear();
  }
}
