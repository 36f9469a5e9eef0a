package org.vmtrace.spark.output;

import java.util.Arrays;
import java.util.function.LongFunction;
import org.apache.parquet.io.api.Binary;
import org.vmtrace.spark.parquet.NumberIds;
import org.vmtrace.spark.parquet.TextColumn;

/**
 * Numbers in a column of texts that are known by a number, such as the names of threads: each is
 * made once, and looked up without an object for every row. Not thread-safe.
 */
final class TextIds {
  private final TextColumn column;
  private final NumberIds keys = new NumberIds();
  private int[] ids = new int[32];
  private Object owner;
  private LongFunction<Binary> texts;
  private int generation;

  TextIds(TextColumn column) {
    this.column = column;
  }

  /**
   * What the keys mean from here on; to be called before every page.
   *
   * @param newOwner whose keys they are: another owner's mean something else
   */
  void use(Object newOwner, LongFunction<Binary> meaning) {
    texts = meaning;
    if (newOwner != owner || generation != column.generation()) {
      owner = newOwner;
      generation = column.generation();
      keys.clear();
    }
  }

  /** The number of the key's text in the column. */
  int of(long key) {
    int known = keys.size();
    int index = keys.idOf(key);
    if (index == known) {
      if (index == ids.length) {
        ids = Arrays.copyOf(ids, 2 * index);
      }
      ids[index] = column.idOf(texts.apply(key));
    }
    return ids[index];
  }
}
