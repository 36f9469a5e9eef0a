package org.vmtrace.spark.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * A column of whole numbers, of 32 or 64 bits. Begins with a dictionary, unless it is to have none,
 * and gives it up in a row group where numbers hardly ever come again; then stores differences. Not
 * thread-safe.
 */
public final class NumberColumn extends Column {
  /** Different numbers that a dictionary may have. */
  private static final int MOST_IDS = 1 << 16;

  private final boolean wide;
  private final boolean mayHaveDictionary;
  private final long[] values = new long[PAGE_ROWS];
  private final Levels levels = new Levels();
  private final Differences differences;
  private final NumberIds numbers = new NumberIds();
  private final int[] ids;
  private boolean usesDictionary;

  /** Ids that pages use: what is looked up for a page that is then stored otherwise is not. */
  private int usedIds;

  NumberColumn(ColumnDescriptor descriptor, Compression compression, boolean mayHaveDictionary) {
    super(descriptor, compression);
    this.wide = descriptor.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT64;
    this.mayHaveDictionary = mayHaveDictionary;
    this.differences = wide ? Differences.ofLongs() : Differences.ofInts();
    this.ids = new int[mayHaveDictionary ? PAGE_ROWS : 0];
    this.usesDictionary = mayHaveDictionary;
  }

  /** The values of the page's rows, to be filled in. */
  public long[] values() {
    return values;
  }

  /** Makes a row of the page null. */
  public void setNull(int row) {
    levels.setNull(row);
  }

  @Override
  void endPage(int rows) throws IOException {
    levels.setRows(rows);
    int count = levels.nulls() == 0 ? rows : withoutNulls(rows);
    if (count == 0) {
      add(levels, BytesInput.empty(), Encoding.PLAIN, statistics());
    } else if (usesDictionary && lookUp(count)) {
      addIds(ids, count, usedIds, levels, statistics(count));
    } else {
      usesDictionary = false;
      add(levels, differences.of(values, count), differences.encoding(), statistics(count));
    }
    levels.clear();
  }

  private int withoutNulls(int rows) {
    int count = 0;
    for (int row = 0; row < rows; row++) {
      if (!levels.isNull(row)) {
        values[count++] = values[row];
      }
    }
    return count;
  }

  /** Finds the ids of a page; false as soon as a dictionary is not worth its place. */
  private boolean lookUp(int count) {
    int most = usedIds > 0 ? MOST_IDS : Math.min(MOST_IDS, (count + 1) / 2);
    for (int i = 0; i < count; i++) {
      ids[i] = numbers.idOf(values[i]);
      if (ids[i] >= most) {
        return false;
      }
    }
    usedIds = numbers.size();
    return true;
  }

  private Statistics<?> statistics(int count) {
    long least = values[0];
    long greatest = values[0];
    for (int i = 1; i < count; i++) {
      least = Math.min(least, values[i]);
      greatest = Math.max(greatest, values[i]);
    }
    Statistics<?> statistics = statistics();
    if (wide) {
      statistics.updateStats(least);
      statistics.updateStats(greatest);
    } else {
      statistics.updateStats((int) least);
      statistics.updateStats((int) greatest);
    }
    return statistics;
  }

  @Override
  DictionaryPage dictionary() throws IOException {
    if (usedIds == 0) {
      return null;
    }
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    for (int id = 0; id < usedIds; id++) {
      long number = numbers.number(id);
      BytesUtils.writeIntLittleEndian(plain, (int) number);
      if (wide) {
        BytesUtils.writeIntLittleEndian(plain, (int) (number >>> Integer.SIZE));
      }
    }
    return dictionary(plain, usedIds);
  }

  @Override
  int dictionaryBytes() {
    return 0;
  }

  @Override
  void clear() {
    super.clear();
    numbers.clear();
    usedIds = 0;
    usesDictionary = mayHaveDictionary;
  }
}
