package org.vmtrace.spark.parquet;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.schema.MessageType;

/**
 * A Parquet file of flat columns that are filled page by page: fill in {@link #room()} rows or
 * fewer of every column, beginning at {@link #at()}, then {@link #advance}. Pages are of version 2.
 * The same rows make the same file. Not thread-safe.
 *
 * <p>The only class that writes to Parquet's own file writer. It uses what the versions 1.13 to
 * 1.17 have in common.
 */
public final class ColumnFile implements Closeable {
  /** A row group ends early when texts take so much; a dictionary of numbers is limited itself. */
  private static final int MOST_DICTIONARY_BYTES = 1 << 20;

  private final ParquetFileWriter file;
  private final CompressionCodecName codec;
  private final Compression compression;
  private final long rowGroupBytes;
  private final List<Column> columns = new ArrayList<>();
  private long rows;
  private int at;

  /**
   * Begins a file.
   *
   * @param file where it is to lie; what is there is overwritten
   * @param schema flat columns of texts, whole numbers and booleans
   * @param withoutDictionary columns of numbers that hardly ever come again
   * @param rowGroupBytes bytes of a row group, a full page more or less
   * @param conf settings of the codec
   */
  public ColumnFile(
      OutputFile file,
      MessageType schema,
      Set<String> withoutDictionary,
      CompressionCodecName codec,
      long rowGroupBytes,
      Configuration conf)
      throws IOException {
    this.codec = codec;
    this.rowGroupBytes = rowGroupBytes;
    this.compression = new Compression(codec, conf);
    for (ColumnDescriptor column : schema.getColumns()) {
      columns.add(column(column, withoutDictionary.contains(column.getPath()[0])));
    }
    this.file =
        new ParquetFileWriter(
            file,
            schema,
            ParquetFileWriter.Mode.OVERWRITE,
            rowGroupBytes,
            ParquetWriter.MAX_PADDING_SIZE_DEFAULT,
            ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH,
            ParquetProperties.DEFAULT_STATISTICS_TRUNCATE_LENGTH,
            ParquetProperties.DEFAULT_PAGE_WRITE_CHECKSUM_ENABLED);
    this.file.start();
  }

  private Column column(ColumnDescriptor descriptor, boolean withoutDictionary) {
    return switch (descriptor.getPrimitiveType().getPrimitiveTypeName()) {
      case BINARY -> new TextColumn(descriptor, compression);
      case BOOLEAN -> new FlagColumn(descriptor, compression);
      case INT32, INT64 -> new NumberColumn(descriptor, compression, !withoutDictionary);
      default -> throw new IllegalArgumentException("no column of this kind: " + descriptor);
    };
  }

  /** A column of texts by its place in the schema. */
  public TextColumn text(int column) {
    return (TextColumn) columns.get(column);
  }

  /** A column of numbers by its place in the schema. */
  public NumberColumn number(int column) {
    return (NumberColumn) columns.get(column);
  }

  /** A column of flags by its place in the schema. */
  public FlagColumn flag(int column) {
    return (FlagColumn) columns.get(column);
  }

  /** The first row of the page that is not filled in. */
  public int at() {
    return at;
  }

  /** Rows that may be filled in, 1 or more. */
  public int room() {
    return Column.PAGE_ROWS - at;
  }

  /** All columns have so many more rows. */
  public void advance(int filled) throws IOException {
    at += filled;
    if (at == Column.PAGE_ROWS) {
      endPage();
      if (isFull()) {
        endRowGroup();
      }
    }
  }

  private boolean isFull() {
    long bytes = 0;
    for (Column column : columns) {
      if (column.dictionaryBytes() > MOST_DICTIONARY_BYTES) {
        return true;
      }
      bytes += column.bytes();
    }
    return bytes >= rowGroupBytes;
  }

  private void endPage() throws IOException {
    for (Column column : columns) {
      column.endPage(at);
    }
    rows += at;
    at = 0;
  }

  private void endRowGroup() throws IOException {
    file.startBlock(rows);
    for (Column column : columns) {
      write(column);
      column.clear();
    }
    file.endBlock();
    rows = 0;
  }

  @SuppressWarnings("deprecation") // what replaces it is not there in every Spark
  private void write(Column column) throws IOException {
    file.startColumn(column.descriptor(), rows, codec);
    DictionaryPage dictionary = column.dictionary();
    if (dictionary != null) {
      file.writeDictionaryPage(dictionary);
    }
    for (Page page : column.pages()) {
      file.writeDataPageV2(
          page.rows(),
          page.nulls(),
          page.rows(),
          BytesInput.empty(),
          page.levels(),
          page.encoding(),
          page.data(),
          page.plainBytes(),
          page.statistics());
    }
    file.endColumn();
  }

  /** Writes what is left and the footer. */
  @Override
  public void close() throws IOException {
    try (compression) {
      if (at > 0) {
        endPage();
      }
      if (rows > 0) {
        endRowGroup();
      }
      file.end(Map.of());
    }
  }
}
