package org.vmtrace.spark.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;

/** One column of the row group that is being filled. Not thread-safe. */
abstract class Column {
  /** Rows of a full page. */
  static final int PAGE_ROWS = 1 << 15;

  private final ColumnDescriptor descriptor;
  private final Compression compression;
  private final List<Page> pages = new ArrayList<>();
  private final ByteArrayOutputStream scratch = new ByteArrayOutputStream();
  private long bytes;

  Column(ColumnDescriptor descriptor, Compression compression) {
    this.descriptor = descriptor;
    this.compression = compression;
  }

  final ColumnDescriptor descriptor() {
    return descriptor;
  }

  final List<Page> pages() {
    return pages;
  }

  /** Bytes of the pages so far. */
  final long bytes() {
    return bytes;
  }

  /** Makes a page of the rows that were filled in. */
  abstract void endPage(int rows) throws IOException;

  /** The dictionary of the row group; null where its pages need none. */
  abstract DictionaryPage dictionary() throws IOException;

  /** Bytes of the dictionary so far, which one that must not be given up is to keep small. */
  abstract int dictionaryBytes();

  /** Forgets the row group. */
  void clear() {
    pages.clear();
    bytes = 0;
  }

  final Statistics<?> statistics() {
    return Statistics.createStats(descriptor.getPrimitiveType());
  }

  /** Adds a page whose values are ids in the dictionary. */
  final void addIds(int[] ids, int count, int ofIds, Levels levels, Statistics<?> statistics)
      throws IOException {
    int bitWidth = BytesUtils.getWidthFromMaxInt(ofIds - 1);
    scratch.reset();
    scratch.write(bitWidth);
    Runs.write(ids, count, bitWidth, scratch);
    add(levels, compression.compress(scratch), scratch.size(), Encoding.RLE_DICTIONARY, statistics);
  }

  /** Adds a page whose values are encoded already. */
  final void add(Levels levels, BytesInput values, Encoding encoding, Statistics<?> statistics)
      throws IOException {
    int plainBytes = Math.toIntExact(values.size());
    add(levels, compression.compress(values), plainBytes, encoding, statistics);
  }

  private void add(
      Levels levels, BytesInput data, int plainBytes, Encoding encoding, Statistics<?> statistics)
      throws IOException {
    statistics.incrementNumNulls(levels.nulls());
    boolean optional = descriptor.getMaxDefinitionLevel() > 0;
    Page page =
        new Page(
            levels.rows(),
            levels.nulls(),
            optional ? levels.encoded() : BytesInput.empty(),
            data,
            plainBytes,
            encoding,
            statistics);
    pages.add(page);
    bytes += page.bytes();
  }

  /** A dictionary of so many plain values. */
  final DictionaryPage dictionary(ByteArrayOutputStream values, int count) throws IOException {
    return new DictionaryPage(compression.compress(values), values.size(), count, Encoding.PLAIN);
  }
}
