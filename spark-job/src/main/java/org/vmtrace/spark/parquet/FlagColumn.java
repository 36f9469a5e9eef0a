package org.vmtrace.spark.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;

/** A column of flags. Not thread-safe. */
public final class FlagColumn extends Column {
  private final int[] flags = new int[PAGE_ROWS];
  private final Levels levels = new Levels();

  FlagColumn(ColumnDescriptor descriptor, Compression compression) {
    super(descriptor, compression);
  }

  /** The flags of the page's rows, 0 or 1, to be filled in. */
  public int[] flags() {
    return flags;
  }

  @Override
  void endPage(int rows) throws IOException {
    levels.setRows(rows);
    Statistics<?> statistics = statistics();
    statistics.updateStats(flags[0] != 0);
    if (!Runs.allEqual(flags, rows)) {
      statistics.updateStats(flags[0] == 0);
    }
    ByteArrayOutputStream runs = new ByteArrayOutputStream();
    Runs.write(flags, rows, 1, runs);
    add(
        levels,
        BytesInput.concat(BytesInput.fromInt(runs.size()), BytesInput.from(runs)),
        Encoding.RLE,
        statistics);
  }

  @Override
  DictionaryPage dictionary() {
    return null;
  }

  @Override
  int dictionaryBytes() {
    return 0;
  }
}
