package org.vmtrace.spark.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;

/**
 * A column of texts, of which there are few different ones: a row is the number of its text. Not
 * thread-safe.
 */
public final class TextColumn extends Column {
  private final int[] ids = new int[PAGE_ROWS];
  private final Levels levels = new Levels();
  private final Map<Binary, Integer> known = new HashMap<>();
  private final List<Binary> texts = new ArrayList<>();
  private int bytes;
  private int generation;

  TextColumn(ColumnDescriptor descriptor, Compression compression) {
    super(descriptor, compression);
  }

  /** The number of a text, good for as long as {@link #generation()} stays the same. */
  public int idOf(Binary text) {
    Integer id = known.get(text);
    if (id == null) {
      id = texts.size();
      known.put(text, id);
      texts.add(text);
      bytes += Integer.BYTES + text.length();
    }
    return id;
  }

  /** Changes when all numbers are forgotten. */
  public int generation() {
    return generation;
  }

  /** The numbers of the texts of the page's rows, to be filled in. */
  public int[] ids() {
    return ids;
  }

  /** Fills in the same text for some rows of the page. */
  public void fill(int from, int rows, Binary text) {
    Arrays.fill(ids, from, from + rows, idOf(text));
  }

  @Override
  void endPage(int rows) throws IOException {
    levels.setRows(rows);
    Statistics<?> statistics = statistics();
    if (Runs.allEqual(ids, rows)) {
      statistics.updateStats(texts.get(ids[0]));
    } else {
      boolean[] seen = new boolean[texts.size()];
      for (int row = 0; row < rows; row++) {
        seen[ids[row]] = true;
      }
      for (int id = 0; id < seen.length; id++) {
        if (seen[id]) {
          statistics.updateStats(texts.get(id));
        }
      }
    }
    addIds(ids, rows, texts.size(), levels, statistics);
  }

  @Override
  DictionaryPage dictionary() throws IOException {
    ByteArrayOutputStream plain = new ByteArrayOutputStream(bytes);
    for (Binary text : texts) {
      BytesUtils.writeIntLittleEndian(plain, text.length());
      text.writeTo(plain);
    }
    return dictionary(plain, texts.size());
  }

  @Override
  int dictionaryBytes() {
    return bytes;
  }

  @Override
  void clear() {
    super.clear();
    known.clear();
    texts.clear();
    bytes = 0;
    generation++;
  }
}
